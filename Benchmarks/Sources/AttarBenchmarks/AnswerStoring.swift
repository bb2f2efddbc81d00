import Attar
import Compute
import Foundation

/// Keeping 1,000,000 answers of 10 classes to rows of 28 numbers, reading them back, and looking all of them up, on one thread, each time in a
/// fresh process.
enum AnswerStoring {
    private static let rowCount = 1_000_000
    private static let classes = 10
    /// The answers' size as floats, in megabytes.
    private static let megabytes = Double(rowCount * classes * 4) / 1e6

    static var group: RowGroup { RowGroup(name: "store", rows: rows) }

    private static func rows() throws -> [Row] {
        let figures = (0..<3).compactMap { _ in Contestant.own("store")?.measure() }
        func rate(_ place: Int) -> Double { megabytes / median(figures.map { $0[place] }) }
        return [
            Row(
                work: "keeping \(rowCount) answers of \(classes) classes", value: rate(0), unit: "MB/s",
                goal: .atLeast(100)),
            Row(work: "reading them back", value: rate(1), unit: "MB/s", goal: .atLeast(100)),
            Row(
                work: "looking up a row that is answered",
                value: median(figures.map { $0[2] }) / Double(rowCount) * 1e9, unit: "ns"),
        ]
    }

    /// What a process of its own measures: the seconds of keeping, of reading back and of looking up.
    static func measure() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)").path
        let columns = (0..<28).map { column in
            Column("x\(column)", .numeric((0..<rowCount).map { Float(($0 &* 7919 &+ column) % 1_000_003) }))
        }
        let rows = Dataset(source: "rows", columns: columns)
        let teacher = Constant(answers: Matrix(rows: 1 << 16, columns: classes, repeating: 0.1), classes: classes)
        func stored() throws -> StoredTeacher {
            try StoredTeacher(
                teacher, named: "constant", columns: columns.map(\.name), asking: TeacherSettings(),
                in: AnswerStore(folder))
        }
        try answer {
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let empty = try stored()
            let keeping = try microseconds { try wait { _ = try await empty.predict(rows) } }
            let full = try stored()
            let reading = try microseconds { blackHole(try stored()) }
            let looking = try microseconds { try wait { _ = try await full.predict(rows) } }
            return [keeping / 1e6, reading / 1e6, looking / 1e6]
        }
    }

    /// Gives everyone the same answer, at no cost.
    private struct Constant: Teacher {
        let answers: Matrix
        let classes: Int
        var task: LearningTask { .classification((0..<classes).map(String.init)) }
        var fingerprint: Fingerprint { Fingerprint(hex: "constant") }

        func predict(_ rows: Dataset) async throws -> Answers {
            Answers(
                .probabilities, rows.count == answers.rows ? answers : answers.selecting(rows: Array(0..<rows.count)))
        }
    }
}
