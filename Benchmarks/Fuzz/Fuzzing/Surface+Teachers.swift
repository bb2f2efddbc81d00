import Attar
import Compute
import Foundation
import GRDB

extension Surface {
    /// Readers of what teachers outside of Attar say, and of what is kept of it.
    static let teachers: [Surface] = [
        Surface("predictions") {
            $1.changed($0, isText: true)
        } read: { bytes, folder in
            let teacher = try TeacherSource("predictions:\(written(bytes, "p.csv", in: folder))").teacher(for: rows)
            _ = try await teacher.predict(rows)
        },
        Surface("program") {
            $1.changed($0, isText: true)
        } read: { bytes, folder in
            let path = try written(bytes, "answers", in: folder)
            var settings = TeacherSettings()
            settings.timeout = try Quantity("5s")
            settings.batch = 2
            let teacher = try ProcessTeacher(command: "cat '\(path)'", settings: settings, for: rows)
            _ = try await teacher.predict(rows)
        },
        Surface("inference") {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            try await ask("v2/models/m", bytes)
        },
        Surface("chat") {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            try await ask("v1", bytes) { $0.model = "m" }
        },
        Surface("embeddings") {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            try await ask("v1/embeddings", bytes, rows.with(target: .some(nil))) { $0.model = "m" }
        },
        Surface("store") {
            $1.changed($0, isText: true)
        } read: { bytes, folder in
            try StoreSeed.made.get().write(to: folder)
            let index = try DatabaseQueue(path: "\(folder)/index.sqlite")
            for statement in String(decoding: bytes, as: UTF8.self).split(separator: ";") {
                try? await index.write { try $0.execute(sql: String(statement)) }
            }
            try index.close()
            try await StoreSeed.read(folder)
        },
        Surface("index", made: [(try? StoreSeed.made.get().index) ?? []]) {
            $1.changed($0, isText: false)
        } read: { bytes, folder in
            try StoreSeed.made.get().write(to: folder, index: bytes)
            try await StoreSeed.read(folder)
        },
        Surface("shard", made: [(try? StoreSeed.made.get().shard) ?? []]) {
            Envelopes.tensors($0, &$1)
        } read: { bytes, folder in
            try StoreSeed.made.get().write(to: folder, shard: bytes)
            try await StoreSeed.read(folder)
        },
    ]

    /// Rows of a number and a category, with two classes.
    static let rows = Dataset(
        source: "rows.csv",
        columns: [
            Column("a", .numeric((0..<5).map(Float.init))),
            Column("b", .categorical(codes: [0, 1, 0, 1, -1], categories: ["x", "y"])),
        ], target: Target(name: "c", classes: ["no", "yes"], labels: [0, 1, 0, 1, 0]))

    /// Asks a server that gives the answers of an input, between lines of equals signs, one after the other.
    private static func ask(
        _ path: String, _ bytes: [UInt8], _ rows: Dataset = rows, _ change: (inout TeacherSettings) -> Void = { _ in }
    ) async throws {
        let answers = bytes.split(separator: Array("\n===\n".utf8)).map(Array.init)
        let server = try AnswerServer(answers)
        defer { server.stop() }
        var settings = TeacherSettings()
        settings.timeout = try Quantity("2s")
        (settings.workers, settings.batch) = (1, 2)
        change(&settings)
        var retry = RetryPolicy()
        (retry.tries, retry.firstWait, retry.longestRetryAfter) = (2, 0.001, 0)
        let numbers = rows.with(columns: rows.columns.filter { path.hasPrefix("v2") ? $0.kind == .numeric : true })
        let teacher = try HTTPTeacher.opened(
            "http://127.0.0.1:\(server.port)/\(path)", settings: settings, for: numbers, environment: [:], retry: retry)
        _ = try await teacher.predict(numbers)
    }
}
