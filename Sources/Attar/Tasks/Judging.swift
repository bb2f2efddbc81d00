public import Compute

/// How answers are judged: what is measured, and what evidence there can be.
public protocol Judging: Sendable {
    /// The figures of the task.
    var metrics: MetricSet { get }

    /// The names of the evidence parts that apply, in the order in which a report shows them.
    var evidence: [String] { get }

    /// One model's answers as row-wise numbers whose weighted sums give every metric.
    ///
    /// - Parameters:
    ///   - answers: probabilities or values, (rows, task.width).
    ///   - truth: what is right.
    ///   - teacher: the teacher's answers; nil where there is none, or this is the teacher.
    ///   - weights: how much each row counts, for metrics that stand on ranks; nil leaves those out.
    func statistics(_ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?) -> RowStatistics

    /// What rows' losses are.
    var lossKind: RowLosses.Kind { get }

    /// Each row's loss, which slices, selection and bounds stand on.
    ///
    /// - Parameter teacher: the teacher's answers, for tasks that have no other truth.
    func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses

    /// How well a candidate does on validation rows, from its figures; higher is better. What is maximised when a student is chosen.
    func score(_ figures: [Metric: Double]) -> Double

    /// The answer of someone who knows nothing of a row, for as many rows as asked for: the classes' shares, the mean. Nil where there is no such answer.
    ///
    /// - Parameters:
    ///   - truth: of the training rows.
    ///   - weights: of the training rows; nil where all count the same.
    func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?, rows: Int) -> Matrix?
}
