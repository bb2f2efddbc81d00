public import Compute

/// Embeddings in a table: `prediction:e0`, `prediction:e1` and so on; `e0`, `e1` are read, too, and of an `.npy` file all columns.
public struct CoordinateTable: AnswerTable {
    /// The table of coordinates.
    public init() {}

    public func headers(of task: LearningTask) -> [String] { ValueTable().headers(of: task) }

    public func leading(_ answers: Matrix, by rule: AnswerRule?) -> [Int32]? { nil }

    /// As many coordinates as there are columns of their names, counted from 0.
    public func task(in columns: AnswerColumns, isNamed: Bool) -> LearningTask? {
        if columns.path.hasSuffix(".npy") { return .embedding(width: columns.answers.count) }
        var width = 0
        while columns.column(ofOutput: "e\(width)") != nil { width += 1 }
        return width > 0 ? .embedding(width: width) : nil
    }

    public func answers(in columns: AnswerColumns, of task: LearningTask, target: String?) throws -> HeldAnswers {
        let named = task.names.compactMap(columns.column(ofOutput:))
        let chosen = named.count == task.width ? named : columns.answers
        guard chosen.count == task.width else {
            throw columns.unusable(
                "'\(columns.path)' has \(chosen.count) columns of answers, where an embedding has \(task.width) numbers",
                "Name the columns e0, e1 and so on")
        }
        return HeldAnswers(try columns.matrix(of: chosen))
    }
}
