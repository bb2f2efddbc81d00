import Attar
import Compute
import Foundation
import Testing

/// Rows without labels, of which only a teacher knows the answers.
struct TaughtAloneTests {
    private static let bare = SampleTable.clouds(300).with(target: .some(nil))

    private static func recipe(_ student: String = "linear", _ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        recipe.student = student
        recipe.seeds = 2
        recipe.folds = 3
        recipe.threads = 1
        recipe.evidence = .quick
        recipe.synthesised = 2
        change(&recipe)
        return recipe
    }

    private static func teacher(_ text: String, on rows: Dataset) throws -> TeacherReference {
        .model(try trained(text, on: rows), named: "teacher")
    }

    @Test func `Classes come from the teacher, and all figures are about it`() async throws {
        let rows = SampleTable.clouds(300)
        let run = try await Distiller(
            Self.recipe(), teacher: Self.teacher("forest[trees=20]", on: SampleTable.clouds(300, seed: 2))
        ).distilled(on: Self.bare)
        let certificate = run.certificate
        #expect(certificate.task == .classification && certificate.names == ["class 0", "class 1", "class 2"])
        #expect(certificate.withoutLabels == true && certificate.metric == "agreement")
        let json = try JSONValue(encoding: certificate)
        #expect(json["labelsOnly"] == .null && json["difference"] == .null)
        for quality in ["accuracy", "logLoss", "brier", "auroc", "negativeFlips", "expectedCalibrationError"] {
            #expect(json["student"]?[quality] == nil, "\(quality)")
        }
        let agreement = try #require(certificate.student[.agreement])
        let baseline = try #require(certificate.baseline[.agreement])
        #expect(agreement.low > baseline.high, "\(agreement) \(baseline)")
        // The figure is what the student's answers say, counted by hand.
        let parts = try Self.bare.split(testFraction: 0.3, seed: 1)
        let mine = run.student.outputs(for: try run.student.encoder.encoded(parts.test)).matrix.argmax()
        let model = try trained("forest[trees=20]", on: SampleTable.clouds(300, seed: 2))
        let taught = model.outputs(for: try model.encoder.encoded(parts.test)).matrix.argmax()
        let own = try #require(certificate.seeds.student["agreement"]?.first)
        #expect(abs(own - Double(zip(mine, taught).count { $0 == $1 }) / Double(taught.count)) < 1e-12)
        #expect(run.artifact.model.task == rows.target?.task)
        #expect(try json.decoded(as: Certificate.self) == certificate)
    }

    @Test func `An ensemble learns what its members can without labels`() async throws {
        let run = try await Distiller(
            Self.recipe("ensemble[tree[leaves=8],linear]"),
            teacher: Self.teacher("forest[trees=20]", on: SampleTable.clouds(300, seed: 2))
        ).distilled(on: Self.bare)
        let agreement = try #require(run.certificate.student[.agreement])
        #expect(agreement.value > 0.8)
    }

    @Test func `The verdict speaks of the teacher, never of help, and says what labels would add`() async throws {
        let run = try await Distiller(
            Self.recipe(), teacher: Self.teacher("forest[trees=20]", on: SampleTable.clouds(300, seed: 2))
        ).distilled(on: Self.bare)
        let verdict = run.certificate.verdict
        #expect(!verdict.helped && !verdict.text.contains("helped"))
        #expect(verdict.text.hasPrefix("On 90 test rows, whose labels are not known, the student agrees with teacher "))
        #expect(verdict.text.contains("about 400 labelled rows (--target)"), "\(verdict.text)")
        let decision = try #require(verdict.decision)
        let names = decision.checks.map(\.name)
        #expect(names.contains("skill") && names.contains("disagreement"), "\(names)")
        #expect(!names.contains("deficit") && !names.contains("negativeFlips") && !names.contains("calibrationError"))
        #expect(
            decision.reasons.contains { $0.contains("answers as its teacher does on at least") }, "\(decision.reasons)")
    }

    @Test func `Numbers are learned in the same way`() async throws {
        let rows = SampleTable.surface(300)
        let run = try await Distiller(
            Self.recipe("boost[rounds=40]"),
            teacher: Self.teacher("boost[rounds=60]", on: SampleTable.surface(400, seed: 2))
        ).distilled(on: rows.with(target: .some(nil)))
        let certificate = run.certificate
        #expect(certificate.task == .regression && certificate.names == ["y"])
        let fidelity = try #require(certificate.student[.r2ToTeacher])
        #expect(fidelity.value > 0.8 && certificate.student[.r2] == nil && certificate.student[.mse] == nil)
        #expect(certificate.verdict.text.contains("the student has an R² to teacher"), "\(certificate.verdict.text)")
        #expect(abs(certificate.baseline[.r2ToTeacher]?.value ?? 1) < 0.05)
    }

    @Test func `Students are searched, rows made up, and the best by fidelity is taken`() async throws {
        let run = try await Distiller(
            Self.recipe("tree[leaves=8]") { $0.synthesised = 2 },
            teacher: Self.teacher("forest[trees=20]", on: SampleTable.clouds(300, seed: 2))
        ).distilled(on: Self.bare)
        let trials = run.certificate.choice.trials
        #expect(trials.map(\.strategy).contains("munge") && !trials.map(\.strategy).contains("labels"))
        // Strategies that were dropped early were tried on fewer folds.
        let most = trials.compactMap(\.folds).max()
        let best = try #require(trials.filter { $0.folds == most }.map(\.score).max())
        #expect(trials.first { $0.strategy == run.certificate.choice.strategy }?.score == best)
    }

    @Test func `A student of nothing is not shipped`() async throws {
        // The teacher's answers have nothing to do with the rows.
        let noise = SampleTable.noise(300)
        let task = LearningTask.classification(["a", "b"])
        let teacher = FixedTeacher(task: task) { rows in
            let ones = numbers(rows, "x").map { $0.isFinite ? Float(Int($0 * 1e6) % 2) : 0 }
            return Matrix(rows: rows.count, columns: 2, elements: ones.flatMap { [$0, 1 - $0] })
        }
        let run = try await Distiller(Self.recipe("tree[leaves=8]"), teacher: .teacher(teacher, named: "noise"))
            .distilled(on: noise.with(target: .some(nil)))
        #expect(run.certificate.verdict.decision?.kind == .doNotShip)
    }

    @Test func `A teacher that is still to be trained needs a target, and so does all that is about labels`()
        async throws
    {
        var recipe = Self.recipe { $0.teacher = "forest[trees=5]" }
        let untrained = await problem { _ = try await Distiller(recipe).distilled(on: Self.bare) }
        #expect(untrained.contains("'forest[trees=5]'") && untrained.contains("--target"), "\(untrained)")
        let teacher = try Self.teacher("tree", on: SampleTable.clouds(100))
        for (words, change) in [
            ("labelShare", { $0.labelShare = 0.5 }), ("sets", { $0.sets = .lac }),
            ("'labels'", { $0.strategy = "labels" }),
            ("--evidence cross needs labels", { $0.evidence = .cross }),
        ] as [(String, (inout Recipe) -> Void)] {
            recipe = Self.recipe("linear", change)
            let said = await problem { _ = try await Distiller(recipe, teacher: teacher).distilled(on: Self.bare) }
            #expect(said.contains(words), "\(words): \(said)")
        }
    }

    @Test func `The file is verified again with its teacher, and evaluated where there are labels`() async throws {
        let teacher = try Self.teacher("forest[trees=20]", on: SampleTable.clouds(300, seed: 2))
        let run = try await Distiller(Self.recipe(), teacher: teacher).distilled(on: Self.bare)
        let verified = try await Verification(of: run.artifact, on: Self.bare, teacher: teacher)
        #expect(verified.holds, "\(verified.checks.filter { !$0.holds })")
        #expect(verified.checks.contains { $0.name == "agreement" })
        let measured = try await ModelEvaluation(of: run.artifact, on: SampleTable.clouds(200, seed: 3))
        #expect(measured.student[.accuracy] != nil && measured.metric == "accuracy")
    }
}
