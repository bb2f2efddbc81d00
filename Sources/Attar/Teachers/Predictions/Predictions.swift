public import Compute

/// A model's or teacher's answers to rows, written as CSV block by block: what `attar predict` does.
public struct Predictions: Sendable {
    /// What is answered.
    public let task: LearningTask
    /// What a reader of the answers has to know, in sentences.
    public let notes: [String]

    private let table: any AnswerTable
    /// Which class is answered; nil for the likeliest.
    private let rule: AnswerRule?
    /// Columns behind the answers.
    private let further: [String]
    /// A block's answers, and for each row the fields of the further columns.
    private let answers: @Sendable (Dataset) async throws -> (outputs: Answers, further: [[String]])
    /// The rows with the columns that are needed: others would only be copied along.
    private let needed: @Sendable (Dataset) -> Dataset

    /// Rows that are answered together: enough to keep matrix products busy, few enough to stay small in memory.
    private static let blockRows = 16_384

    /// The answers of a model of Attar's own.
    ///
    /// - Parameters:
    ///   - further: columns that stand behind the answers: sets, intervals, alarms; nil for none.
    ///   - catalogue: the tasks that there are.
    /// - Throws: `AttarError` (`invalidSetting`) for a task that nobody has registered.
    public init(
        of model: any Model, further: (any FurtherColumns)? = nil, catalogue: Catalogue = .standard
    ) throws {
        task = model.task
        table = try catalogue.task(model.task.kind).table
        rule = model.answerRule
        self.further = further?.names ?? []
        notes = further?.notes ?? []
        needed = { rows in
            rows.with(columns: rows.columns.filter { model.encoder.schema[$0.name] != nil || $0.kind == .tensor })
        }
        answers = { block in
            let features = try model.encoder.encoded(block)
            let outputs = model.outputs(for: features)
            return (
                outputs, further?.fields(for: outputs, features: features, identifiers: block.identifiers) ?? []
            )
        }
    }

    /// The answers of a teacher.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a task that nobody has registered.
    public init(of teacher: any Teacher, catalogue: Catalogue = .standard) throws {
        task = teacher.task
        table = try catalogue.task(teacher.task.kind).table
        rule = nil
        further = []
        notes = teacher.answerNotes.map { "\($0)." }
        needed = { $0 }
        answers = { (try await teacher.predict($0), []) }
    }

    /// Writes the answers to all rows, in order.
    ///
    /// - Parameters:
    ///   - progress: told how far it is; may stop it.
    ///   - sink: receives the file's bytes in blocks.
    /// - Throws: `AttarError`: `schemaMismatch` for rows that the model does not read; `stopped`; as asking does; what `sink` throws.
    public func write(
        _ rows: Dataset, progress: @escaping ProgressHandler = { _ in .more },
        to sink: @escaping ([UInt8]) throws -> Void
    ) async throws {
        var writer = PredictionsWriter(task, table: table, by: rule, further: further, to: sink)
        let rows = needed(rows)
        for start in stride(from: 0, to: rows.count, by: Self.blockRows) {
            try report(
                RunProgress(phase: "predicting", completed: start, total: rows.count, unit: "rows"), to: progress)
            let block = rows.selecting(Array(start..<min(rows.count, start + Self.blockRows)))
            let (outputs, fields) = try await answers(block)
            try writer.append(outputs, rows: block.identifiers, further: fields)
        }
        try report(
            RunProgress(phase: "predicting", completed: rows.count, total: rows.count, unit: "rows"), to: progress)
        try writer.finish()
    }
}

/// Columns behind answers, which say more of them.
public protocol FurtherColumns: Sendable {
    /// Their names.
    var names: [String] { get }

    /// What a reader has to know of them, in sentences.
    var notes: [String] { get }

    /// Their fields, row by row.
    ///
    /// - Parameters:
    ///   - features: the encoded rows.
    ///   - identifiers: a number a row, from which a row's draws follow.
    func fields(for outputs: Answers, features: Matrix, identifiers: [Int]) -> [[String]]
}
