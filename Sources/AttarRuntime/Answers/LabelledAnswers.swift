public import Compute

/// A model's answers to some rows, in their order.
public struct LabelledAnswers: RandomAccessCollection, Sendable {
    /// What is answered.
    public let task: LearningTask
    /// All numbers, (rows, task.width): probabilities, or values.
    public let matrix: Matrix
    /// Which class is answered; nil for the likeliest.
    public let rule: AnswerRule?

    /// Answers of the given numbers. Logits become probabilities.
    ///
    /// - Precondition: there is a column for each of the task's names.
    public init(_ outputs: Answers, task: LearningTask, rule: AnswerRule? = nil) {
        precondition(outputs.matrix.columns == task.width, "\(outputs.matrix.columns) columns for \(task.width) names")
        (self.task, self.rule) = (task, rule)
        matrix = outputs.kind == .logits ? outputs.matrix.softmax() : outputs.matrix
    }

    /// The first row, 0.
    public var startIndex: Int { 0 }
    /// Number of rows.
    public var endIndex: Int { matrix.rows }

    /// The answer to the row at a position.
    public subscript(position: Int) -> LabelledAnswer {
        precondition(indices.contains(position), "there are answers to \(count) rows, and none to row \(position)")
        return LabelledAnswer(task: task, numbers: matrix.row(position), rule: rule)
    }
}
