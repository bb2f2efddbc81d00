import Attar
import AttarRuntime
import Compute
import Foundation
import Testing

/// Certificates in which every row is a test row once.
struct CrossFittingTests {
    private static func recipe(_ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        (recipe.student, recipe.teacher, recipe.strategy) = ("linear", "boost[rounds=20]", "teacher")
        (recipe.seeds, recipe.threads, recipe.evidence) = (1, 2, .cross)
        change(&recipe)
        return recipe
    }

    private static func run(
        _ rows: Dataset, change: (inout Recipe) -> Void = { _ in },
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws -> Distillation {
        try await Distiller(recipe(change)).distilled(on: rows, progress: progress)
    }

    @Test func `Every row is answered once, by student, twin and teacher that have not seen it`() async throws {
        let rows = SampleTable.noise(120).with(labels: (0..<120).map { Int32($0 % 2) })
        var settings = DistillationSettings()
        (settings.plan, settings.evidence) = (TransferPlan([.teacher]), .cross)
        (settings.folds, settings.seeds, settings.threads) = (4, 2, 1)
        let run = try await Distiller(student: Witness(), teacher: .training(Witness()), settings: settings)
            .distilled(on: rows)
        // Half of the rows are of the class that stands for a row that was not seen.
        let disagreement = try #require(run.certificate.evidence?.disagreement)
        #expect(disagreement.confusion == [[0, 60], [0, 60]])
        #expect(disagreement.answers == [[0, 0], [0, 120]])
        #expect(run.certificate.seeds.labelsOnly["accuracy"] == [0.5, 0.5])
        #expect(run.certificate.teacher["accuracy"]?.value == 0.5)
        let own = run.student.outputs(for: try run.student.encoder.encoded(rows)).matrix
        #expect(own.argmax().allSatisfy { $0 == 0 }, "the student in the file has learned from all rows")
    }

    @Test func `All rows are test rows and training rows, and the certificate says whose figures it holds`()
        async throws
    {
        let run = try await Self.run(SampleTable.clouds(240)) { $0.seeds = 2 }
        let certificate = run.certificate
        #expect(certificate.testRows == 240 && certificate.trainingRows == 240)
        #expect(certificate.crossFitted == Certificate.CrossFitting(parts: 5, rows: 240))
        #expect(
            certificate.notes[0].hasPrefix(
                "Every row is a test row: the figures are those of students that learned from the other 4 of 5 parts"))
        #expect(certificate.seeds.student["accuracy"]?.count == 2)
        #expect(certificate.evidence?.leaks?.obstacles == [])
        let evidence = try #require(certificate.evidence)
        #expect(evidence.shift == nil && evidence.outOfDistribution == nil && evidence.learning == nil)
        #expect(evidence.selection?.guarantees == [] && evidence.coverage?.rows == 240)
        #expect(evidence.calibration != nil && evidence.classes != nil && evidence.slices != nil)
        let stored: Certificate = try #require(run.artifact.metadata.certificate).decoded()
        #expect(stored.crossFitted == certificate.crossFitted && stored.notes == certificate.notes)
        #expect(try JSONDecoder().decode(Certificate.self, from: JSONEncoder().encode(certificate)) == certificate)
        #expect(run.artifact.sets?.method == .lac)
    }

    @Test func `Students that know their rows show it and are shipped, and those of noise do not`() async throws {
        let knowing = try await Self.run(SampleTable.clouds(300, classes: 2)) { $0.teacher = "linear" }
        let skill = try #require(knowing.certificate.evidence?.skill)
        #expect(skill.student.isShown && skill.teacher?.isShown == true, "\(skill.student.text)")
        #expect(
            knowing.certificate.verdict.decision?.kind == .ship,
            "\(knowing.certificate.verdict.decision?.reasons ?? [])")
        let noise = try await Self.run(SampleTable.noise(300)) { $0.teacher = "linear" }
        #expect(noise.certificate.evidence?.skill?.student.isShown == false)
        #expect(noise.certificate.verdict.decision?.kind == .doNotShip)
    }

    @Test func `The student in the file is the one that a run on all rows gives`() async throws {
        let rows = SampleTable.clouds(150)
        let crossed = try await Self.run(rows)
        let usual = try await Distiller(Self.recipe { $0.evidence = .quick }).distilled(
            on: rows, test: SampleTable.clouds(60, seed: 2))
        #expect(crossed.student.fingerprint == usual.student.fingerprint)
        #expect(usual.certificate.crossFitted == nil)
    }

    @Test func `Intervals are as much wider as students of five parts depend on each other`() async throws {
        let run = try await Self.run(SampleTable.clouds(240))
        let accuracy = try #require(run.certificate.student["accuracy"])
        let plain = Binomial.estimate((accuracy.value * 240).rounded(), of: 240)
        #expect(abs((accuracy.value - accuracy.low) - 1.5 * (plain.value - plain.low)) < 1e-9)
        #expect(
            abs((accuracy.high - accuracy.value) - min(1 - accuracy.value, 1.5 * (plain.high - plain.value))) < 1e-9)
    }

    @Test func `Numbers are tested in the same way, by groups that stay whole`() async throws {
        let sites = (0..<40).map { "site \($0)" }
        let rows = SampleTable.surface(200).with(
            group: Column("site", .categorical(codes: (0..<200).map { Int32($0 % 40) }, categories: sites)))
        let run = try await Self.run(rows) { ($0.student, $0.folds) = ("tree[leaves=16]", 4) }
        let certificate = run.certificate
        #expect(certificate.crossFitted == Certificate.CrossFitting(parts: 4, rows: 200))
        #expect((certificate.student["r2"]?.value ?? 0) > 0.5)
        #expect(run.artifact.sets?.method == .residual)
        let coverage = try #require(certificate.evidence?.coverage)
        #expect(coverage.methods.map(\.name) == ["residual"])
        #expect(coverage.notes.contains { $0.contains("has learned from every row") })
        #expect(certificate.evidence?.leaks?.obstacles == [])
    }

    @Test func `What is chosen is chosen for each part anew, and a part that differs is named`() async throws {
        let run = try await Self.run(SampleTable.clouds(150)) {
            ($0.strategy, $0.teacher, $0.folds, $0.synthesised) = ("auto", "tree[leaves=8]", 3, 1)
        }
        #expect(!run.certificate.choice.trials.isEmpty && run.certificate.testRows == 150)
    }

    @Test func `A teacher that exists is asked about each part, and a chain is taught anew for each`() async throws {
        let teacher = try trained("boost[rounds=10]", on: SampleTable.clouds(100, seed: 5))
        let rows = SampleTable.clouds(90)
        let recipe = Self.recipe { ($0.assistants, $0.folds) = (["tree[leaves=8]"], 3) }
        let run = try await Distiller(recipe, teacher: .model(teacher, named: "boosted")).distilled(on: rows)
        let right = zip(
            teacher.outputs(for: try teacher.encoder.encoded(rows)).matrix.argmax(), rows.target?.labels ?? []
        )
        .count { $0 == $1 }
        #expect(abs((run.certificate.teacher["accuracy"]?.value ?? 0) - Double(right) / 90) < 1e-6)
        #expect(run.certificate.choice.stages?.count == 3 && run.certificate.testRows == 90)
    }

    @Test func `A class of a single row and weights do not stand in the way`() async throws {
        let labels = (0..<120).map { Int32($0 == 7 ? 2 : $0 % 2) }
        let rows = SampleTable.clouds(120, weights: (0..<120).map { Float(1 + $0 % 3) }).with(labels: labels)
        let run = try await Self.run(rows)
        #expect(run.certificate.testRows == 120)
        #expect(run.certificate.evidence?.classes?.classes.map(\.rows) == [60, 59, 1])
    }

    @Test func `Copies that groups put on two parts void the figures`() async throws {
        let once = SampleTable.clouds(60)
        let twice = once.selecting(Array(0..<60) + Array(0..<60))
        let names = (0..<120).map { "row \($0)" }
        let rows = twice.with(
            group: Column("own", .categorical(codes: (0..<120).map { Int32($0) }, categories: names)))
        let leaks = try #require(try await Self.run(rows).certificate.evidence?.leaks)
        #expect(leaks.obstacles.contains { $0.contains("of 120 test rows stand among the training rows") })
    }

    @Test func `Progress says which part is at hand`() async throws {
        let error = await #expect(throws: AttarError.self) {
            try await Self.run(
                SampleTable.clouds(90),
                progress: { $0.phase.hasPrefix("part 2 of 5: training the teacher") ? .stop : .more })
        }
        #expect(error?.code == .stopped)
    }

    @Test func `What needs other test rows is refused`() async throws {
        func problem(_ rows: Dataset, test: Dataset? = nil, _ change: (inout Recipe) -> Void = { _ in }) async -> String
        {
            let recipe = Self.recipe(change)
            let error = await #expect(throws: AttarError.self) {
                try await Distiller(recipe).distilled(on: rows, test: test)
            }
            #expect(error?.code == .invalidSetting)
            return error?.problem ?? ""
        }
        let rows = SampleTable.clouds(60)
        #expect(await problem(rows, test: rows).contains("makes every row a test row"))
        let timed = rows.with(time: Column("when", .numeric((0..<60).map { Float($0) })))
        #expect(await problem(timed).contains("which --time rules out"))
        #expect(await problem(SampleTable.surface(60)) { $0.sets = .cqr }.contains("leaves none"))
    }

    @Test func `A file alone does not show the figures again, and training does`() async throws {
        let rows = SampleTable.clouds(120)
        let run = try await Self.run(rows) { $0.folds = 3 }
        let brief = try await Verification(of: run.artifact, on: rows)
        #expect(brief.holds && brief.note?.contains("that the file does not hold") == true)
        #expect(brief.checks.map(\.name) == ["data", "test rows", "student"])
        #expect(brief.unmeasured.contains { $0.name == "accuracy" && $0.needs == "training" })
        #expect(brief.unmeasured.contains { $0.name == "bytes" && $0.needs == nil })
        let whole = try await Verification(of: run.artifact, on: rows, training: true)
        #expect(whole.holds && whole.checks.contains { $0.name == "accuracy" })
        #expect(whole.checks.contains { $0.name == "difference.accuracy" })
        await #expect(throws: AttarError.self) { try await Verification(of: run.artifact, on: rows, test: rows) }
        let evaluation = try await ModelEvaluation(of: run.artifact, on: rows)
        #expect(evaluation.evidence?.leaks?.found.map(\.kind) == [.studentRows])
        #expect(evaluation.decision?.kind == .doNotShip)
    }
}

/// What dependence of parts does to intervals and chances.
struct FoldDependenceTests {
    @Test func `Two parts vary as three times as many, five as two and a quarter`() {
        #expect(FoldDependence(parts: 5).factor == 1.5)
        #expect(abs(FoldDependence(parts: 2).factor - 3.0.squareRoot()) < 1e-12)
        #expect(FoldDependence.none.factor == 1)
    }

    @Test func `Ends move away from the figure, within its range`() {
        let one = Estimate(value: 0.9, low: 0.8, high: 0.98)
        let wide = FoldDependence(parts: 5).widened(one, in: 0...1)
        #expect(wide.value == 0.9 && abs(wide.low - 0.75) < 1e-12 && wide.high == 1)
        #expect(FoldDependence.none.widened(one) == one)
    }

    @Test func `A chance is that of a deviation so much smaller`() {
        // Φ(−1.96 / 1.5) = Φ(−1.3067)
        #expect(abs(FoldDependence(parts: 5).chance(0.025) - 0.0957) < 1e-4)
        #expect(FoldDependence(parts: 5).chance(1) == 1 && FoldDependence.none.chance(0.3) == 0.3)
    }
}
