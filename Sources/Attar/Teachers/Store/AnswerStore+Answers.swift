internal import CKernels
internal import Foundation
internal import GRDB

/// The answers to one question, all in memory.
struct KnownAnswers: Sendable {
    /// Where the answer to a row is.
    var table = KeyTable()
    /// The answers, one a key, in the order of the table's.
    var packed = PackedAnswers()
    /// What the numbers are; nil before the first answer.
    var kind: Answers.Kind?

    /// Adds answers; those to rows that are known already are left out, so that a row keeps its first answer.
    mutating func add(_ keys: [RowKey], _ answers: PackedAnswers, kept: Int) {
        table.reserve(table.count + keys.count)
        for (row, key) in keys.enumerated() where table.insert(key) != nil {
            packed.values += answers.values[row * kept..<(row + 1) * kept]
            if !answers.columns.isEmpty { packed.columns += answers.columns[row * kept..<(row + 1) * kept] }
        }
    }
}

extension AnswerStore {
    /// Answers of at least so many rows become a shard of their own at once; fewer go into the index until there are as many.
    static let shardRows = 4096

    /// All answers to a question.
    ///
    /// - Returns: the answers, and the shards whose file is gone, whose rows count as not asked.
    /// - Throws: `AttarError` (`malformedArtifact`) naming a damaged shard.
    func answers(to question: StoredQuestion) throws -> (known: KnownAnswers, lost: [String]) {
        let kept = question.form.width(of: question.task.width)
        let (kind, shards, recent) = try transaction { database in
            (
                try Row.fetchOne(database, sql: "SELECT kind FROM question WHERE id = ?", arguments: [question.id])?
                    .optionalText("kind"),
                try Row.fetchAll(
                    database, sql: "SELECT file, rows FROM shard WHERE question = ? ORDER BY id",
                    arguments: [question.id]
                ).map { try (file: Self.shardName($0.text("file")), rows: $0.count("rows", in: Self.rowsOfShard)) },
                try Self.recent(of: question, kept: kept, in: database)
            )
        }
        var known = KnownAnswers()
        var lost: [String] = []
        known.kind = kind.map(Answers.Kind.init(rawValue:))
        if let kind = known.kind, ![.probabilities, .logits, .values].contains(kind) {
            throw Self.damaged(path, "it holds answers of the unknown kind '\(kind.rawValue)'")
        }
        for shard in shards {
            let file = "\(path)/\(Self.shardsName)/\(shard.file)"
            guard FileManager.default.fileExists(atPath: file) else {
                lost.append(shard.file)
                continue
            }
            let (keys, answers) = try Self.shard(file, rows: shard.rows, kept: kept, form: question.form)
            if let problem = answers.problem(in: question.form, kind: known.kind, width: question.task.width) {
                throw Self.damagedShard(file, "holds \(problem)")
            }
            known.add(keys, answers, kept: kept)
        }
        if let problem = recent.answers.problem(in: question.form, kind: known.kind, width: question.task.width) {
            throw Self.damaged(path, "it holds \(problem)")
        }
        known.add(recent.keys, recent.answers, kept: kept)
        return (known, lost)
    }

    /// Keeps answers. When this returns they survive the end of the process.
    ///
    /// - Parameters:
    ///   - keys: the rows that were asked.
    ///   - answers: one a key.
    ///   - kind: what the numbers are.
    ///   - recording: writes in the same transaction, so that what was spent on answers is kept with them.
    func keep(
        _ keys: [RowKey], _ answers: PackedAnswers, kind: Answers.Kind, to question: StoredQuestion,
        recording: (Database) throws -> Void = { _ in }
    ) throws {
        if keys.isEmpty { return }
        let file = keys.count >= Self.shardRows ? try writeShard(keys, answers, question) : nil
        try transaction { database in
            try database.execute(
                sql: "UPDATE question SET kind = ? WHERE id = ? AND kind IS NULL",
                arguments: [kind.rawValue, question.id])
            try recording(database)
            if let file {
                try Self.enter(file, rows: keys.count, question, in: database)
            } else {
                try database.execute(
                    sql: "INSERT INTO recent (question, rows, keys, answers, columns) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        question.id, keys.count, Data(Self.bytes(of: keys)), Data(Self.bytes(of: answers.values)),
                        Data(Self.bytes(of: answers.columns)),
                    ])
            }
        }
        if file == nil { try gather(question, atLeast: 16 * Self.shardRows) }
    }

    /// Makes a shard of the answers that came in small numbers, where there are enough of them.
    func gather(_ question: StoredQuestion, atLeast least: Int = shardRows) throws {
        let kept = question.form.width(of: question.task.width)
        // The lock is held while the shard is written: no other process can gather the same answers.
        try transaction { database in
            let count = try Row.fetchOne(
                database, sql: "SELECT TOTAL(rows) AS rows FROM recent WHERE question = ?", arguments: [question.id]
            )?.optionalNumber("rows")
            guard count ?? 0 >= Double(least) else { return }
            let (keys, answers) = try Self.recent(of: question, kept: kept, in: database)
            let file = try writeShard(keys, answers, question)
            try Self.enter(file, rows: keys.count, question, in: database)
            try database.execute(sql: "DELETE FROM recent WHERE question = ?", arguments: [question.id])
        }
    }

    // MARK: Shards

    private static let (keysName, answersName, columnsName) = ("keys", "answers", "columns")

    /// Writes a shard that the index does not know yet, and returns its file's name.
    private func writeShard(_ keys: [RowKey], _ answers: PackedAnswers, _ question: StoredQuestion) throws -> String {
        let kept = question.form.width(of: question.task.width)
        var words = [Int32](repeating: 0, count: 4 * keys.count)
        attar_load_bytes(Self.bytes(of: keys), 0, 16 * keys.count, &words)
        let shape = [keys.count, kept]
        var tensors = [
            Self.keysName: Tensor(words, shape: [keys.count, 4]),
            Self.answersName: question.form.halves
                ? Tensor(halves: answers.values, shape: shape) : Tensor(answers.values, shape: shape),
        ]
        if !answers.columns.isEmpty { tensors[Self.columnsName] = Tensor(answers.columns, shape: shape) }
        let file = "\(UUID().uuidString.lowercased()).safetensors"
        let metadata = ["teacher": question.fingerprint.hex, "question": "\(question.id)"]
        // Made with the first shard, and again where a copy has lost an empty folder.
        let folder = "\(path)/\(Self.shardsName)"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try OutputFile.write(SafetensorsFile(tensors: tensors, metadata: metadata).encoded(), to: "\(folder)/\(file)")
        return file
    }

    private static func enter(_ file: String, rows: Int, _ question: StoredQuestion, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO shard (question, file, rows) VALUES (?, ?, ?)", arguments: [question.id, file, rows])
    }

    private static func shard(
        _ path: String, rows: Int, kept: Int, form: StoredForm
    ) throws -> (keys: [RowKey], answers: PackedAnswers) {
        let file = try SafetensorsFile.read(path, as: "a shard of a store of answers")
        func damaged() -> AttarError {
            damagedShard(path, "does not hold the \(rows) answers that the store's index says")
        }
        guard let keys = file.tensors[keysName], case .int32(let words) = keys.storage, keys.shape == [rows, 4],
            let answers = file.tensors[answersName], answers.shape == [rows, kept], let values = answers.floats
        else { throw damaged() }
        var columns: [Int32] = []
        if form.topK != nil {
            guard let tensor = file.tensors[columnsName], tensor.shape == [rows, kept],
                case .int32(let found) = tensor.storage
            else { throw damaged() }
            columns = found
        }
        var bytes = [UInt8](repeating: 0, count: 16 * rows)
        attar_store_bytes(words, bytes.count, &bytes, 0)
        return (RowKey.keys(from: bytes), PackedAnswers(values: values, columns: columns))
    }

    private static func damagedShard(_ path: String, _ problem: String) -> AttarError {
        AttarError(
            .malformedArtifact, "'\(path)' \(problem)", remedy: "Delete that file; its rows are then asked again")
    }

    /// How many rows a shard may have; a file of fewer bytes than that takes is told by itself.
    private static let rowsOfShard = 1...Int(Int32.max) / 2

    /// The name of a shard's file: one in the store's own folder.
    private static func shardName(_ name: String) throws -> String {
        let isPlain = name.hasSuffix(".safetensors") && !name.hasPrefix(".") && !name.contains("/")
        guard isPlain, !name.utf8.contains(0) else { throw StoreFault("'\(name)' is no name of a shard") }
        return name
    }

    // MARK: Answers in the index

    private static func recent(
        of question: StoredQuestion, kept: Int, in database: Database
    ) throws -> (keys: [RowKey], answers: PackedAnswers) {
        var keys: [RowKey] = []
        var answers = PackedAnswers()
        let rows = try Row.fetchCursor(
            database, sql: "SELECT rows, keys, answers, columns FROM recent WHERE question = ? ORDER BY id",
            arguments: [question.id])
        while let row = try rows.next() {
            let (words, numbers, columns) = try (row.bytes("keys"), row.bytes("answers"), row.bytes("columns"))
            let count = try row.count("rows", in: rowsOfShard)
            guard words.count == RowKey.bytes * count, numbers.count == 4 * kept * count,
                columns.count == (question.form.topK == nil ? 0 : numbers.count)
            else { throw StoreFault("it holds answers whose length does not fit their question") }
            let own = RowKey.keys(from: words)
            var (values, places) = (
                [Float](repeating: 0, count: numbers.count / 4), [Int32](repeating: 0, count: columns.count / 4)
            )
            attar_load_bytes(numbers, 0, numbers.count, &values)
            attar_load_bytes(columns, 0, columns.count, &places)
            keys += own
            answers.append(PackedAnswers(values: values, columns: places))
        }
        return (keys, answers)
    }

    private static func bytes(of keys: [RowKey]) -> [UInt8] {
        var words: [UInt64] = []
        words.reserveCapacity(2 * keys.count)
        for key in keys {
            words.append(key.first)
            words.append(key.second)
        }
        return bytes(of: words)
    }

    private static func bytes<Number: BitwiseCopyable>(of numbers: [Number]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: MemoryLayout<Number>.stride * numbers.count)
        attar_store_bytes(numbers, bytes.count, &bytes, 0)
        return bytes
    }
}
