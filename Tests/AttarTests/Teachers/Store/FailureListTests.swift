import Attar
import Compute
import Foundation
import GRDB
import Testing

/// Rows without a usable answer, in a run and over runs.
struct FailureListTests {
    private static func choosy(refuses: Bool = true) -> ChoosyTeacher {
        ChoosyTeacher(task: .classification(["c0", "c1", "c2"])) { rows, row in
            refuses && numbers(rows, "x")[row] < 0
        } answering: { rows in
            Matrix(
                rows: rows.count, columns: 3,
                elements: numbers(rows, "x").flatMap { CountingTeacher.answer($0, classes: 3) })
        }
    }

    private static func lines(in folder: String) throws -> [String] {
        try String(contentsOfFile: "\(folder)/failures.jsonl", encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func `The allowance is of this run's rows, whatever is remembered of others`() async throws {
        try await withFolder { folder in
            let first = CountingTeacher.rows([-1, -2, -3, 1, 2, 3])
            _ = try await Self.choosy().stored(in: folder, leavingOut: .count(3), columns: ["x"]).predict(first)
            let second = CountingTeacher.rows([-4, 4, 5])
            let teacher = try Self.choosy().stored(in: folder, leavingOut: .count(1), columns: ["x"])
            #expect(try await teacher.predict(second).known == [false, true, true])
            #expect(teacher.answerNotes.contains { $0.contains("has no usable answer to 1 row,") })
            #expect(try Self.lines(in: folder).count == 4)
            // The same rows once more: those that are remembered of them count.
            let third = try Self.choosy().stored(in: folder, leavingOut: .count(2), columns: ["x"])
            let words = await problem { _ = try await third.predict(first) }
            #expect(
                words.contains("no usable answer to 3 rows, where --max-failures allows 2; the last time it will not"),
                "\(words)")
            // Nor are they forgotten from one question to the next.
            let fourth = try Self.choosy().stored(in: folder, leavingOut: .count(3), columns: ["x"])
            _ = try await fourth.predict(first)
            let more = await problem { _ = try await fourth.predict(CountingTeacher.rows([-5])) }
            #expect(more.contains("no usable answer to 4 rows"), "\(more)")
        }
    }

    @Test func `Rows that are answered at last are struck, and all other lines stay`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows([-1, -2, 1])
            _ = try await Self.choosy().stored(in: folder, leavingOut: .count(2), columns: ["x"]).predict(rows)
            let line = try #require(try Self.lines(in: folder).first)
            let key = try #require(try JSONValue(parsing: line)["key"]?.decoded(as: String.self))
            let others = [
                line.components(separatedBy: key).joined(separator: "none"),
                line.components(separatedBy: #""question":""#).joined(separator: #""question":"0"#),
            ]
            let path = URL(fileURLWithPath: "\(folder)/failures.jsonl")
            let all = try Self.lines(in: folder) + others
            try Data((all.joined(separator: "\n") + "\n").utf8).write(to: path)
            let again = try Self.choosy(refuses: false).stored(in: folder, leavingOut: .count(0), columns: ["x"]) {
                $0.retryFailures = true
            }
            #expect(try await again.predict(rows).known == nil)
            #expect(try Self.lines(in: folder) == others)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).allSatisfy { !$0.hasSuffix(".partial") })
            // A key that is none stands for no row, even one whose contents are all zeros.
            let zero = CountingTeacher.rows([0])
            let fresh = try Self.choosy().stored(in: folder, leavingOut: .count(0), columns: ["x"])
            #expect(try await fresh.predict(zero).known == nil)
        }
    }

    /// A teacher that breaks the store while it is asked, and then tires.
    private struct Breaking: PartialTeacher {
        let folder: String
        let task = LearningTask.classification(["c0", "c1", "c2"])
        let fingerprint = Fingerprint(hex: "breaking")

        func predict(_ rows: Dataset, receiving: @escaping @Sendable ([Int], Answers) throws -> Void) async throws {
            try receiving([0], Answers(.probabilities, Matrix(rows: 1, columns: 3, repeating: 1.0 / 3)))
            try await DatabaseQueue(path: "\(folder)/index.sqlite").write { try $0.execute(sql: "DROP TABLE recent") }
            throw AttarError(.unusableTeacher, "the teacher is tired")
        }
    }

    @Test func `What ended the asking is said, whatever goes wrong after it`() async throws {
        try await withFolder { folder in
            let teacher = try StoredTeacher(
                Breaking(folder: folder), named: "t", columns: ["x"], asking: TeacherSettings(), in: AnswerStore(folder)
            )
            let words = await problem { _ = try await teacher.predict(CountingTeacher.rows([1, 2])) }
            #expect(words.contains("the teacher is tired"), "\(words)")
        }
    }

    @Test func `A store that can only be read is not where new answers are kept`() async throws {
        try await withFolder { folder in
            _ = try await Self.choosy().stored(in: folder, leavingOut: .count(0), columns: ["x"])
                .predict(CountingTeacher.rows([1]))
            for isReadOnly in [true, false] {
                let teacher = try StoredTeacher(
                    Self.choosy(), named: "choosy", columns: ["x"], asking: TeacherSettings(),
                    in: AnswerStore(folder, onlyReading: isReadOnly))
                #expect(teacher.folder == (isReadOnly ? nil : folder))
                _ = try await teacher.predict(CountingTeacher.rows([1, 2]))
                #expect(teacher.asked[0].store == (isReadOnly ? nil : folder) && teacher.asked[0].isWorthSaying)
            }
        }
    }
}
