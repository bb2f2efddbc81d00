/// Anything that maps rows to outputs and can be asked: a trained model, a file of predictions, an ensemble, a student.
public protocol Teacher: Sendable {
    /// What it answers.
    var task: LearningTask { get }

    /// A hash of all that its answers depend on: the same teacher, the same fingerprint.
    var fingerprint: Fingerprint { get }

    /// Answers a set of rows, in their order: (rows.count, task.width).
    ///
    /// - Throws: `AttarError` where the rows lack a column that it needs, or it cannot be asked.
    func predict(_ rows: Dataset) async throws -> Answers

    /// Whether it can answer only the rows that its answers were made for, so that made-up rows cannot be asked.
    var answersKnownRowsOnly: Bool { get }

    /// Whether each answer costs money or a stranger's time, so that nothing is asked that was not asked for.
    var isMetered: Bool { get }

    /// The tokenizer whose ids it reads in a column `input_ids`, beside texts; nil where it reads no ids, as most do.
    var tokenizer: Tokenizer? { get }

    /// What a reader of the results has to know about its answers, in sentences without their full stops; usually nothing.
    var answerNotes: [String] { get }

    /// Which of some rows it learned from; nil where nobody can say.
    func seen(in rows: Dataset) -> SeenRows?

    /// Refuses rows that it has no answers to, before anything is learned from its answers to others.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the first of them.
    func check(_ rows: Dataset) throws

    /// The median time that it takes for one row alone, in microseconds; nil where its time says nothing of the machine that it runs on.
    ///
    /// - Parameter rows: rows like those that it will be asked; the first 200 are asked in turn.
    /// - Throws: as asking does.
    func microsecondsARow(on rows: Dataset) throws -> Estimate?
}

extension Teacher {
    /// A model answers any row.
    public var answersKnownRowsOnly: Bool { false }

    /// Most answers cost time alone.
    public var isMetered: Bool { false }

    /// Most teachers read no ids of tokens.
    public var tokenizer: Tokenizer? { nil }

    /// Most answers are what they seem.
    public var answerNotes: [String] { [] }

    /// Most teachers do not say what they learned from.
    public func seen(in rows: Dataset) -> SeenRows? { nil }

    /// Most teachers answer any row, and say what is wrong with it when they are asked.
    public func check(_ rows: Dataset) throws {}

    /// The time of a program or a server is that of another machine.
    public func microsecondsARow(on rows: Dataset) throws -> Estimate? { nil }
}
