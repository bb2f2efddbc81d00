package import Compute

/// Test rows with the answers of all models to them: what evidence is measured on. Each model has been asked once.
package struct JudgedRows: Sendable {
    /// The rows with their target; neither model has learned from them.
    package let rows: Dataset
    /// What is to be answered.
    package let target: Target
    /// How much each row counts.
    package let weights: [Float]
    /// Probabilities or values, (rows, task.width).
    package let answers: SideBySide<Matrix>
    /// Resampling, splits and draws follow from it.
    package let seed: UInt64

    /// - Precondition: all answers have a row for each of the rows, which have a target.
    package init(_ rows: Dataset, target: Target, answers: SideBySide<Matrix>, seed: UInt64) {
        precondition(answers.all.allSatisfy { $0.rows == rows.count }, "an answer a row")
        self.rows = rows
        self.target = target
        weights = rows.weights ?? [Float](repeating: 1, count: rows.count)
        self.answers = answers
        self.seed = seed
    }

    /// The kind of task and the classes or outputs.
    package var task: LearningTask { target.task }
}
