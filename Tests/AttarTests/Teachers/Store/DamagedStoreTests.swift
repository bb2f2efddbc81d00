import Attar
import Compute
import Foundation
import GRDB
import Testing

/// Stores that accidents and strangers leave behind.
struct DamagedStoreTests {
    private static let rows = CountingTeacher.rows((0..<20).map(Float.init))

    private static func stored(
        _ teacher: any Teacher = CountingTeacher(), in store: AnswerStore, topK: Int? = nil
    ) throws -> StoredTeacher {
        var settings = TeacherSettings()
        settings.topK = topK
        return try StoredTeacher(teacher, named: "t", columns: ["x"], asking: settings, in: store)
    }

    /// What the teacher answers, from a store that has it.
    private static func expected(_ count: Int) -> [Float] {
        (0..<count).flatMap { CountingTeacher.answer(Float($0), classes: 3) }
    }

    // MARK: - Beginnings

    @Test(arguments: [
        [], ["shards/"], ["index.sqlite"], ["index.sqlite", "shards/"], ["index.sqlite-wal", "shards/"], [".DS_Store"],
    ])
    func `A start that was cut short leaves a folder that a later one takes`(_ left: [String]) async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in left {
                if name.hasSuffix("/") {
                    try FileManager.default.createDirectory(
                        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
                } else {
                    try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
                }
            }
            let answers = try await Self.stored(in: AnswerStore(folder)).predict(Self.rows)
            #expect(answers.matrix.elements == Self.expected(20))
            let again = try Self.stored(CountingTeacher(failingAfter: 0), in: AnswerStore(folder))
            #expect(try await again.predict(Self.rows) == answers)
        }
    }

    @Test func `Answers without the index that knows whose they are are refused, and left`() async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/shards", withIntermediateDirectories: true)
            try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/shards/a.safetensors"))
            #expect(sentence { try AnswerStore(folder) }.contains("the index that knows whose they are is gone"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["shards"])
        }
    }

    @Test func `Many starts at once make one store`() async throws {
        for _ in 0..<5 {
            try await withFolder { folder in
                let stores = await withTaskGroup(of: String.self) { group in
                    for _ in 0..<8 { group.addTask { sentence { try AnswerStore(folder) } } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(stores == [String](repeating: "", count: 8))
                let questions = try AnswerStore.existing(folder).statistics()
                #expect(questions.isEmpty)
            }
        }
    }

    // MARK: - Reading and copying

    @Test func `A store that can only be read answers, and keeps nothing`() async throws {
        try await withFolder { folder in
            let answers = try await Self.stored(in: AnswerStore(folder)).predict(Self.rows)
            let index = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/index.sqlite"))
            let store = try AnswerStore(folder, onlyReading: true)
            let teacher = CountingTeacher()
            let reading = try Self.stored(teacher, in: store)
            #expect(reading.answerNotes.contains { $0.contains("can only be read") })
            #expect(try await reading.predict(Self.rows) == answers)
            #expect(teacher.questions.isEmpty)
            #expect(
                try await reading.predict(CountingTeacher.rows([99])).matrix.elements
                    == CountingTeacher.answer(99, classes: 3))
            // Another question than those that it knows has no answers.
            #expect(try Self.stored(in: store, topK: 2).unanswered(in: Self.rows).count == 20)
            #expect(try store.statistics().first?.answers == 20)
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/index.sqlite")) == index)
        }
    }

    @Test func `An index beside which SQLite cannot write is read from a copy`() async throws {
        try await withFolder { folder in
            let answers = try await Self.stored(in: AnswerStore(folder)).predict(Self.rows)
            // A folder where SQLite would put the memory that readers share.
            try FileManager.default.createDirectory(
                atPath: "\(folder)/index.sqlite-shm", withIntermediateDirectories: false)
            let teacher = try Self.stored(CountingTeacher(failingAfter: 0), in: AnswerStore(folder, onlyReading: true))
            #expect(try await teacher.predict(Self.rows) == answers)
        }
    }

    @Test func `A finished store is in its files while it is still open, and can be copied`() async throws {
        try await withFolder { folder in
            let store = try AnswerStore(folder)
            let answers = try await Self.stored(in: store).predict(Self.rows)
            try await withFolder { copy in
                try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
                // The index alone: neither SQLite's journal nor an empty folder of shards.
                try FileManager.default.copyItem(atPath: "\(folder)/index.sqlite", toPath: "\(copy)/index.sqlite")
                for isReading in [true, false] {
                    let teacher = try Self.stored(
                        CountingTeacher(failingAfter: 0), in: AnswerStore(copy, onlyReading: isReading))
                    #expect(try await teacher.predict(Self.rows) == answers)
                }
                let many = CountingTeacher.rows((0..<5000).map(Float.init))
                _ = try await Self.stored(in: AnswerStore(copy)).predict(many)
                #expect(try AnswerStore.existing(copy).statistics().first?.answers == 5000)
            }
            // Alive until here.
            #expect(!store.isReadOnly)
        }
    }

    // MARK: - Contents

    /// A store with answers in its index and in a shard, of two questions; the second keeps the likeliest classes.
    private static func withStore(_ body: (_ folder: String, _ shard: String) async throws -> Void) async throws {
        try await withFolder { folder in
            let many = CountingTeacher.rows((0..<4200).map(Float.init))
            for topK in [nil, 2] {
                // In one piece, which becomes a shard; the few behind it stay in the index.
                let whole = FixedTeacher(task: .classification(["c0", "c1", "c2"])) { rows in
                    Matrix(
                        rows: rows.count, columns: 3,
                        elements: AttarTests.numbers(rows, "x").flatMap { CountingTeacher.answer($0, classes: 3) })
                }
                _ = try await Self.stored(whole, in: AnswerStore(folder), topK: topK).predict(many)
            }
            let shards = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/shards").map { name in
                (name, try SafetensorsFile.read("\(folder)/shards/\(name)"))
            }
            let listed = try #require(shards.first { $0.1.tensors["columns"] != nil })
            try await body(folder, "\(folder)/shards/\(listed.0)")
        }
    }

    /// All ways of reading, which end with the same sentence.
    private static func sentences(_ folder: String) -> [String] {
        [true, false].flatMap { isReading in
            [
                sentence {
                    let store = try AnswerStore(folder, onlyReading: isReading)
                    for topK in [nil, 2] {
                        let teacher = FixedTeacher(task: .classification(["c0", "c1", "c2"])) { rows in
                            Matrix(rows: rows.count, columns: 3, repeating: 1.0 / 3)
                        }
                        _ = try Self.stored(teacher, in: store, topK: topK)
                    }
                    return try store.statistics(comparedWith: rows)
                }
            ]
        }
    }

    @Test(arguments: [
        ("UPDATE shard SET rows = -1", "'rows' is -1"),
        ("UPDATE shard SET rows = 9223372036854775807", "'rows' is 9223372036854775807"),
        ("UPDATE shard SET rows = 4000000", "does not hold the 4000000 answers"),
        ("UPDATE shard SET rows = 'many'", "'rows' is not a whole number"),
        ("UPDATE shard SET file = '../../index.safetensors' WHERE id = 1", "is no name of a shard"),
        ("UPDATE shard SET file = '/etc/passwd' WHERE id = 1", "is no name of a shard"),
        ("UPDATE shard SET file = CAST('a' AS BLOB) WHERE id = 1", "'file' is not a text"),
        (#"UPDATE question SET form = '{"halves":false,"topK":-2}' WHERE id = 2"#, "the question 2 cannot be"),
        (#"UPDATE question SET task = '{"kind":"classification","names":[]}'"#, "the question 1 cannot be"),
        ("UPDATE question SET task = '{'", "the task of a question cannot be read"),
        ("UPDATE question SET columns = x'ff'", "'columns' is not a text"),
        ("UPDATE question SET kind = 'guesses'", "the unknown kind 'guesses'"),
        (
            "INSERT INTO recent (question, rows, keys, answers, columns) VALUES (1, 1, x'00', x'', x'')",
            "whose length does not fit"
        ),
        (
            "INSERT INTO recent (question, rows, keys, answers, columns) VALUES (1, 1, 'k', 7, x'')",
            "'keys' is not bytes"
        ),
        (
            "INSERT INTO recent (question, rows, keys, answers, columns) VALUES (1, 1, zeroblob(16), x'000000400000000000000000', x'')",
            "probabilities that sum to 2.0"
        ),
        (
            "INSERT INTO recent (question, rows, keys, answers, columns) VALUES (1, 1, zeroblob(16), x'0000c07f0000c07f0000c07f', x'')",
            "nan as an answer"
        ),
        ("DROP TABLE shard", "no such table: shard"),
        ("PRAGMA user_version = -1", "its version is -1"),
        ("PRAGMA user_version = 9", "has version 9"),
    ])
    func `An index that says what cannot be is refused with a sentence`(_ change: String, _ expected: String)
        async throws
    {
        try await Self.withStore { folder, _ in
            let index = try DatabaseQueue(path: "\(folder)/index.sqlite")
            try await index.write { try $0.execute(sql: "PRAGMA foreign_keys = OFF; \(change)") }
            try index.close()
            for words in Self.sentences(folder) { #expect(words.contains(expected), "\(words)") }
        }
    }

    @Test(arguments: [
        ([Int32(3)], Float(0.5), "a class that there is not"), ([-1], 0.5, "a class that there is not"),
        ([1, 1], 0.5, "a class that there is not, or one twice"), ([], -0.5, "the negative probability -0.5"),
        ([], 40, "probabilities that sum to"), ([], .nan, "nan as an answer"),
    ])
    func `A shard whose answers cannot be is refused and named`(_ columns: [Int32], _ value: Float, _ expected: String)
        async throws
    {
        try await Self.withStore { folder, shard in
            var file = try SafetensorsFile.read(shard)
            let shape = [4200, 2]
            guard case .int32(var places)? = file.tensors["columns"]?.storage else { throw CancellationError() }
            var values = try #require(file.tensors["answers"]?.floats)
            for (place, column) in columns.enumerated() { places[20 + place] = column }
            if value != 0.5 { values[20] = value }
            file.tensors["columns"] = Tensor(places, shape: shape)
            file.tensors["answers"] = Tensor(values, shape: shape)
            try Data(file.encoded()).write(to: URL(fileURLWithPath: shard))
            for words in Self.sentences(folder) {
                #expect(words.contains(expected) && words.contains(shard), "\(words)")
            }
        }
    }

    @Test func `Probabilities that are none are not kept`() async throws {
        try await withFolder { folder in
            let bad = FixedTeacher(task: .classification(["a", "b"])) { rows in
                Matrix(rows: rows.count, columns: 2, repeating: 0.7)
            }
            let teacher = try Self.stored(bad, in: AnswerStore(folder))
            let words = await problem { _ = try await teacher.predict(Self.rows) }
            #expect(words.contains("probabilities that sum to 1.4"))
            #expect(try AnswerStore.existing(folder).statistics().first?.answers == 0)
        }
    }
}
