public import Compute

/// A task's answers as columns of a table, both ways: as `attar predict` writes them, and as a file of predictions holds them.
public protocol AnswerTable: Sendable {
    /// Columns that are read otherwise than their values suggest.
    var types: [String: Column.Kind] { get }

    /// What columns answer where rows have no target that says it; nil where they do not tell.
    ///
    /// - Parameter isNamed: whether the user says that it is this kind of task.
    func task(in columns: AnswerColumns, isNamed: Bool) -> LearningTask?

    /// The headers of the columns behind `row`.
    func headers(of task: LearningTask) -> [String]

    /// For each row the output whose name goes before the numbers: the likeliest class, or the one that a rule says. Nil where the numbers say everything.
    func leading(_ answers: Matrix, by rule: AnswerRule?) -> [Int32]?

    /// The answers in columns, in the table's order.
    ///
    /// - Parameter target: what messages call the target; nil for rows without one.
    /// - Throws: `AttarError` (`unusableTeacher`) where the columns do not fit the task.
    func answers(in columns: AnswerColumns, of task: LearningTask, target: String?) throws -> HeldAnswers
}

extension AnswerTable {
    public var types: [String: Column.Kind] { [:] }

    public func task(in columns: AnswerColumns, isNamed: Bool) -> LearningTask? { nil }
}

/// Answers as a table holds them.
public struct HeldAnswers: Sendable {
    /// (rows, task.width).
    public let matrix: Matrix
    /// Whether they are classes alone, written as 1 and 0.
    public let areHard: Bool

    /// Answers.
    public init(_ matrix: Matrix, areHard: Bool = false) { (self.matrix, self.areHard) = (matrix, areHard) }
}
