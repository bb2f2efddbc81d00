import Attar
import Compute
import Testing

/// Certificates of runs that did without some rows.
struct VerificationTests {
    private static let rows = SampleTable.clouds(300)
    private static let test = SampleTable.clouds(420).selecting(Array(300..<420))

    private static func recipe(_ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        (recipe.student, recipe.strategy, recipe.evidence) = ("tree[leaves=8]", "teacher", .quick)
        (recipe.folds, recipe.seeds, recipe.threads) = (3, 1, 1)
        change(&recipe)
        return recipe
    }

    /// A teacher that has no answer to the rows at some positions.
    private static func teacher(refusing positions: [Int], of rows: Dataset = rows) throws -> TeacherReference {
        let numbers = AttarTests.numbers(rows, "x0")
        let refused = Set(positions.map { numbers[$0] })
        return .teacher(
            try ChoosyTeacher.ofClouds { refused.contains($0) }.stored(leavingOut: .count(positions.count)),
            named: "choosy")
    }

    @Test func `Test rows without an answer are left out again, with the teacher or without it`() async throws {
        let lost = Array(stride(from: 0, to: 300, by: 25))
        let run = try await Distiller(Self.recipe(), teacher: Self.teacher(refusing: lost)).distilled(on: Self.rows)
        let leftOut = try #require(run.certificate.leftOut)
        let test = try #require(leftOut.test)
        #expect(!test.isEmpty && Set(test).isSubset(of: lost) && leftOut.testRows == test.count)
        #expect(leftOut.training == [] && !leftOut.isByLimits)
        #expect(run.certificate.testRows == 90 - test.count)
        #expect(
            run.certificate.notes.contains {
                $0.contains("no usable answer to \(test.count) of the 90 test rows: they are left out")
            })
        for teacher in [nil, try Self.teacher(refusing: lost)] {
            let found = try await Verification(of: run.artifact, on: Self.rows, teacher: teacher)
            #expect(found.holds && found.note == nil, "\(found)")
            #expect(found.checks.contains { $0.name == "test rows" })
            #expect(found.checks.contains { $0.name == "teacher.accuracy" } == (teacher != nil))
        }
        let again = try await Verification(
            of: run.artifact, on: Self.rows, teacher: Self.teacher(refusing: lost), training: true)
        #expect(again.holds && again.checks.contains { $0.name == "trained student" }, "\(again)")
    }

    @Test func `Training rows that are left out are named alone, and left out again`() async throws {
        let lost = [3, 50, 77]
        let recipe = Self.recipe { $0.aim = .fidelity }
        let run = try await Distiller(recipe, teacher: Self.teacher(refusing: lost)).distilled(
            on: Self.rows, test: Self.test)
        #expect(run.certificate.leftOut?.training == lost && run.certificate.leftOut?.test == [])
        let note = try #require(run.certificate.notes.first { $0.contains("they are left out") })
        #expect(note.hasPrefix("The teacher has no usable answer to 3 of the 300 training rows: they"), "\(note)")
        let again = try await Verification(
            of: run.artifact, on: Self.rows, test: Self.test, teacher: Self.teacher(refusing: lost), training: true)
        #expect(again.holds && again.note == nil, "\(again)")
        #expect(again.checks.contains { $0.name == "trained student" })
    }

    @Test func `Rows that are too many to be listed are told by the teacher, or it is said that nobody can`()
        async throws
    {
        let rows = SampleTable.clouds(2_800)
        let recipe = Self.recipe { $0.aim = .fidelity }
        func teacher() throws -> TeacherReference {
            .teacher(
                try ChoosyTeacher.ofClouds { $0.isFinite && ($0 * 1000).rounded().remainder(dividingBy: 5) < 1 }.stored(
                    leavingOut: .count(2_800)),
                named: "choosy")
        }
        let run = try await Distiller(recipe, teacher: teacher()).distilled(on: rows)
        let leftOut = try #require(run.certificate.leftOut)
        #expect(leftOut.training == nil && leftOut.trainingRows > 1_000)
        let alone = try await Verification(of: run.artifact, on: rows)
        #expect(alone.holds && alone.note?.contains("more than its file lists") == true, "\(alone)")
        #expect(alone.unmeasured.contains { $0.name == "accuracy" && $0.needs == "rows" })
        #expect(!alone.checks.contains { $0.name == "accuracy" || $0.name == "test rows" })
        let asked = try await Verification(of: run.artifact, on: rows, teacher: teacher())
        #expect(asked.holds && asked.note == nil, "\(asked)")
        #expect(asked.checks.contains { $0.name == "accuracy" })
    }

    @Test func `What a student is held against on rows that it learned from leaves out what has no answer`()
        async throws
    {
        let lost = Array(stride(from: 1, to: 300, by: 25))
        let recipe = Self.recipe { $0.evidence = .full }
        let run = try await Distiller(recipe, teacher: Self.teacher(refusing: lost)).distilled(
            on: Self.rows, test: Self.test)
        #expect(run.certificate.trainingRows == 300)
        let learning = try #require(run.certificate.evidence?.learning)
        let gap = try #require(learning.gaps.teacher)
        #expect(
            learning.notes.contains(
                "The teacher has no answer to 12 of these 300 training rows: its figure leaves them out."),
            "\(learning.notes)")
        // The share of the other rows that it answers with their label.
        let kept = Self.rows.selecting((0..<300).filter { !lost.contains($0) })
        let answers = try await Self.teacher(refusing: []).teacher?.predict(kept).matrix.argmax() ?? []
        let right = zip(answers, kept.target?.labels ?? []).count { $0 == $1 }
        #expect(abs(gap.training - Double(right) / 288) < 1e-6)
    }
}
