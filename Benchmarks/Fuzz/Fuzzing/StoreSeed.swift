import Attar
import Compute
import Foundation
import GRDB

/// A small store of answers, with some in its index and some in a shard.
struct StoreSeed: Sendable {
    let index: [UInt8]
    let shard: [UInt8]

    private static let shardName = "0.safetensors"

    /// Made once in each process.
    static let made = Result { try make() }

    private static func make() throws -> StoreSeed {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-store-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for settings in settings {
            _ = try StoredTeacher(
                Half(), named: "t", columns: ["a", "b"], asking: settings, in: AnswerStore(folder.path))
        }
        let file = folder.appendingPathComponent("index.sqlite").path
        let database = try DatabaseQueue(path: file)
        let keys = RowKey.keys(of: Surface.rows)
        // The second question keeps the likeliest of two classes, in a shard.
        let shard = try SafetensorsFile(
            tensors: [
                "keys": Tensor(keys[3...4].flatMap { words(of: $0) }, shape: [2, 4]),
                "answers": Tensor([Float](repeating: 0.75, count: 2), shape: [2, 1]),
                "columns": Tensor([Int32](repeating: 1, count: 2), shape: [2, 1]),
            ], metadata: [:]
        ).encoded()
        try database.write { database in
            let bytes = Data(
                keys[0..<3].flatMap { words(of: $0) }.flatMap { word in
                    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
                })
            let half = (0..<4).map { UInt8(truncatingIfNeeded: Float(0.5).bitPattern >> (8 * $0)) }
            try database.execute(
                sql: "INSERT INTO recent (question, rows, keys, answers, columns) VALUES (1, 3, ?, ?, ?)",
                arguments: [bytes, Data((0..<6).flatMap { _ in half }), Data()])
            try database.execute(
                sql: "INSERT INTO shard (question, file, rows) VALUES (2, ?, 2)", arguments: [shardName])
            try database.execute(sql: "UPDATE question SET kind = 'probabilities'")
            try database.execute(
                sql:
                    "INSERT INTO spending (question, requests, tokensRead, tokensWritten, cost) VALUES (1, 3, 30, 3, 0.5)"
            )
        }
        try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try database.close()
        return StoreSeed(index: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))), shard: shard)
    }

    /// All answers, and the likeliest class of each.
    private static let settings = [nil, 1].map { topK in
        var settings = TeacherSettings()
        settings.topK = topK
        return settings
    }

    private static func words(of key: RowKey) -> [Int32] {
        [key.first, key.first >> 32, key.second, key.second >> 32].map { Int32(truncatingIfNeeded: $0) }
    }

    /// Writes the store into a folder, a part of it in another way.
    func write(to folder: String, index: [UInt8]? = nil, shard: [UInt8]? = nil) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/shards", withIntermediateDirectories: true)
        _ = try written(index ?? self.index, "index.sqlite", in: folder)
        _ = try written(shard ?? self.shard, "shards/\(Self.shardName)", in: folder)
    }

    /// Reads all that a store says, and asks what it does not have.
    static func read(_ folder: String) async throws {
        for isReading in [true, false] {
            _ = try AnswerStore(folder, onlyReading: isReading).statistics(comparedWith: Surface.rows)
            for settings in settings {
                let store = try AnswerStore(folder, onlyReading: isReading)
                let teacher = try StoredTeacher(
                    Half(), named: "t", columns: ["a", "b"], asking: settings, in: store)
                let answers = try await teacher.predict(Surface.rows).matrix
                guard answers.elements.allSatisfy({ (-0.01...1.01).contains($0) }) else {
                    throw Surface.Finding("the answers \(answers.elements) out of a store")
                }
            }
        }
    }
}

/// A teacher that does not know.
private struct Half: Teacher {
    var task: LearningTask { .classification(["no", "yes"]) }
    var fingerprint: Fingerprint { Fingerprint(hex: "00ff") }

    func predict(_ rows: Dataset) async throws -> Answers {
        Answers(.probabilities, Matrix(rows: rows.count, columns: 2, repeating: 0.5))
    }
}
