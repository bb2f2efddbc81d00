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

    /// The teachers that its answers are made of, where it passes questions on to others; usually none.
    ///
    /// Whatever a teacher does not say of itself is said for it by these.
    var wrapped: [any Teacher] { get }

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

// What a teacher does not say of itself: what those say that it wraps, and of one that wraps none what holds of most. Each default is both, so that no wrapper can forget a member.
extension Teacher {
    /// Most teachers are asked themselves.
    public var wrapped: [any Teacher] { [] }

    /// A model answers any row.
    public var answersKnownRowsOnly: Bool { wrapped.contains { $0.answersKnownRowsOnly } }

    /// Most answers cost time alone.
    public var isMetered: Bool { wrapped.contains { $0.isMetered } }

    /// Most teachers read no ids of tokens. Several read them where all read the same.
    public var tokenizer: Tokenizer? {
        let tokenizers = wrapped.map(\.tokenizer)
        return Set(tokenizers.map { $0?.fingerprint }).count == 1 ? tokenizers[0] : nil
    }

    /// Most answers are what they seem.
    public var answerNotes: [String] { wrapped.flatMap(\.answerNotes) }

    /// Most teachers do not say what they learned from. Of several it is the one that learned from most of the rows.
    public func seen(in rows: Dataset) -> SeenRows? {
        wrapped.compactMap { $0.seen(in: rows) }.max { $0.share < $1.share }
    }

    /// Most teachers answer any row, and say what is wrong with it when they are asked.
    public func check(_ rows: Dataset) throws {
        for teacher in wrapped { try teacher.check(rows) }
    }

    /// The time of a program or a server is that of another machine. Several are asked one after the other.
    public func microsecondsARow(on rows: Dataset) throws -> Estimate? {
        let times = try wrapped.map { try $0.microsecondsARow(on: rows) }
        let known = times.compactMap { $0 }
        guard let first = known.first, known.count == times.count else { return nil }
        return known.dropFirst().reduce(first) { sum, time in
            Estimate(value: sum.value + time.value, low: sum.low + time.low, high: sum.high + time.high)
        }
    }
}
