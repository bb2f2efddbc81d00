import Attar
import Compute
import Testing

struct TeacherAnswersTests {
    private static let task = LearningTask.classification(["a", "b", "c"])
    private static let rows = Dataset(
        source: "rows.csv", columns: [Column("x", .numeric([1, 2]))], identifiers: [4, 9])

    private static func teacher(
        _ classes: [String], kind: Answers.Kind = .probabilities, _ elements: [Float]
    ) -> FixedTeacher {
        FixedTeacher(task: .classification(classes), kind: kind) {
            Matrix(rows: $0.count, columns: elements.count / max(1, $0.count), elements: elements)
        }
    }

    @Test func `Classes in another order are brought into the task's`() async throws {
        let teacher = Self.teacher(["c", "a", "b"], [0.5, 0.3, 0.2, 0.1, 0.2, 0.7])
        let outputs = try await TeacherAnswers(teacher, for: Self.task).outputs(for: Self.rows)
        #expect(outputs.elements == [0.3, 0.2, 0.5, 0.2, 0.7, 0.1])
    }

    @Test func `Logits become probabilities`() async throws {
        let teacher = Self.teacher(["a", "b", "c"], kind: .logits, [0, 0, 0, 100, 0, 0])
        let outputs = try await TeacherAnswers(teacher, for: Self.task).outputs(for: Self.rows)
        for column in 0..<3 { #expect(abs(outputs[0, column] - 1 / 3) < 1e-6) }
        #expect(zip(outputs.row(1), [1, 0, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `Soft targets are centred logarithms, and a probability of 0 stays finite`() {
        let matrix = Matrix(rows: 1, columns: 2, elements: [1, 0])
        let soft = TeacherAnswers.softTargets(matrix, for: .classification(["a", "b"]))
        #expect(abs(soft[0, 0] + soft[0, 1]) < 1e-5)
        #expect(abs(soft[0, 0] - soft[0, 1] - 13.815511) < 1e-4, "the logarithm of a million")
        #expect(TeacherAnswers.softTargets(matrix, for: .regression(["y", "z"])) == matrix)
    }

    @Test func `A class that the teacher does not know, or one too many, is named`() {
        let missing = sentence { try TeacherAnswers(Self.teacher(["a", "b", "d"], []), for: Self.task) }
        #expect(missing.contains("does not know the class 'c'; it knows a, b, d"))
        let extra = sentence { try TeacherAnswers(Self.teacher(["a", "b", "c", "d"], []), for: Self.task) }
        #expect(extra.contains("knows the class 'd', which the target does not have"))
    }

    @Test func `Another kind of task and another width are refused`() {
        let regression = FixedTeacher(task: .regression(["y"])) { Matrix(rows: $0.count, columns: 1) }
        #expect(sentence { try TeacherAnswers(regression, for: Self.task) }.contains("answers a regression"))
        #expect(
            sentence { try TeacherAnswers(regression, for: .regression(["y", "z"])) }
                .contains("gives 1 values a row, but the target has 2"))
    }

    @Test func `An answer that is not a number is refused with its row`() async throws {
        let answers = try TeacherAnswers(Self.teacher(["a", "b", "c"], [0, 0, 1, 0, .nan, 1]), for: Self.task)
        let error = await #expect(throws: AttarError.self) { try await answers.outputs(for: Self.rows) }
        #expect(error?.code == .unusableTeacher)
        #expect(error?.problem.contains("rows.csv, row 10") == true)
    }

    @Test func `Answers to fewer rows than asked are refused`() async throws {
        let short = FixedTeacher(task: Self.task) { _ in Matrix(rows: 1, columns: 3) }
        let error = await #expect(throws: AttarError.self) {
            try await TeacherAnswers(short, for: Self.task).outputs(for: Self.rows)
        }
        #expect(error?.problem.contains("1 × 3 answers to 2 rows") == true)
    }

    /// A teacher whose answers are told as given.
    private struct Telling: Teacher {
        let answers: Answers
        let task = LearningTask.classification(["c", "a", "b"])
        var fingerprint: Fingerprint { FingerprintHasher().finished() }
        func predict(_ rows: Dataset) async throws -> Answers { answers }
    }

    @Test func `Listed classes are brought into the task's order, and those left out share the rest`() async throws {
        let lists = Ragged([[(id: 1, value: 0.5), (id: 0, value: 0.3)], [(id: 2, value: 0.6)]])
        let teacher = try TeacherAnswers(
            Telling(answers: Answers(.probabilities, .sparse(lists, tail: [0.2, 0.4], width: 3))), for: Self.task)
        let answers = try await teacher.answers(to: Self.rows)
        guard case .sparse(let classes, let tail, 3) = answers.body else {
            Issue.record("lists stay lists")
            return
        }
        #expect(classes.ids == [0, 2, 1] && classes.values == [0.5, 0.3, 0.6] && tail == [0.2, 0.4])
        let full = try await teacher.outputs(for: Self.rows)
        #expect(zip(full.elements, [0.5, 0.2, 0.3, 0.2, 0.6, 0.2]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `What cannot be aligned is refused in a sentence: texts, several answers a row, an unknown row`()
        async throws
    {
        let dense = Matrix(rows: 2, columns: 3, repeating: 1.0 / 3)
        let cases: [(Answers, String)] = [
            (Answers(.probabilities, .texts(["a", "b"])), "answers in texts"),
            (Answers(.probabilities, .dense(dense), offsets: [0, 1, 2]), "several answers to a row"),
            (
                Answers(.probabilities, .dense(dense), known: [true, false]),
                "row 10: the teacher does not know the answer"
            ),
        ]
        for (answers, words) in cases {
            let teacher = try TeacherAnswers(Telling(answers: answers), for: Self.task)
            let error = await #expect(throws: AttarError.self) { try await teacher.outputs(for: Self.rows) }
            #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "")")
        }
    }
}
