import Attar
import Compute
import Foundation
import Synchronization
import Testing

/// Every task's answers as a table, there and back.
struct AnswerTableTests {
    private static let tasks: [LearningTask] = [
        .classification(["no", "yes", "a,b"]), .regression(["y"]), .regression(["y", "z"]), .embedding(width: 3),
    ]

    private static func answers(of task: LearningTask) -> Answers {
        let rows = (0..<4).map { row in (0..<task.width).map { Float(row + 1) / Float($0 + 3) } }
        guard task.form == .probabilities else {
            return Answers(.values, Matrix(rows: 4, columns: task.width, elements: rows.flatMap { $0 }))
        }
        let shares = rows.map { row in row.map { $0 / row.reduce(0, +) } }
        return Answers(.probabilities, Matrix(rows: 4, columns: task.width, elements: shares.flatMap { $0 }))
    }

    @Test(arguments: tasks)
    func `What is written is read again to the bit`(_ task: LearningTask) throws {
        let table = try Catalogue.standard.task(task.kind).table
        let answers = Self.answers(of: task)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let bytes = Mutex<[UInt8]>([])
        var writer = PredictionsWriter(task, table: table) { block in bytes.withLock { $0 += block } }
        try writer.append(answers, rows: [0, 1, 2, 3])
        try writer.finish()
        try Data(bytes.withLock { $0 }).write(to: file)
        let read = try Dataset.read(file.path, options: ReadingOptions(types: table.types))
        let held = try table.answers(in: AnswerColumns(read, path: "p.csv"), of: task, target: "y")
        #expect(held.matrix == answers.matrix && !held.areHard)
    }

    @Test func `Coordinates tell how wide an embedding is, and other columns tell no task`() throws {
        func task(_ names: [String], path: String = "p.csv") -> LearningTask? {
            let columns = names.map { Column($0, .numeric([1, 2])) }
            return CoordinateTable().task(
                in: AnswerColumns(Dataset(source: path, columns: columns), path: path), isNamed: false)
        }
        #expect(task(["row", "e0", "e1"]) == .embedding(width: 2))
        #expect(task(["prediction:e0", "prediction:e1", "prediction:e2"]) == .embedding(width: 3))
        #expect(task(["x0", "x1"], path: "p.npy") == .embedding(width: 2))
        #expect(task(["row", "prediction"]) == nil)
        for kind in TaskKind.all where kind.posing.needsTarget {
            #expect(
                kind.table.task(
                    in: AnswerColumns(Dataset(source: "p", columns: [Column("e0", .numeric([1]))]), path: "p"),
                    isNamed: false) == nil)
        }
    }

    @Test func `A file of coordinates answers rows without a target as an embedding`() async throws {
        let rows = Dataset(source: "data.csv", columns: [Column("text", .text(["a", "b", "c"]))])
        let table = Dataset(
            source: "p.csv",
            columns: [
                Column("row", .numeric([2, 0, 1])), Column("e1", .numeric([6, 2, 4])),
                Column("e0", .numeric([5, 1, 3])),
            ])
        let file = try PredictionsFile(table, path: "p.csv", for: rows)
        #expect(file.task == .embedding(width: 2))
        #expect(try await file.predict(rows).matrix.elements == [1, 2, 3, 4, 5, 6])
        let other = Dataset(source: "p.csv", columns: [Column("prediction", .numeric([1, 2, 3]))])
        let error = #expect(throws: AttarError.self) { try PredictionsFile(other, path: "p.csv", for: rows) }
        #expect(error?.problem.contains("has no target") == true)
    }
}
