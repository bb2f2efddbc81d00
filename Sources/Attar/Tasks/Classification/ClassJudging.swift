public import Compute

/// Answers of classes are judged by how often they are right, by their probabilities, and by how far these are the teacher's.
public struct ClassJudging: Judging {
    /// The judging of classes.
    public init() {}

    public var metrics: MetricSet {
        MetricSet(
            main: .accuracy, second: .logLoss, fidelity: .agreement, divergence: .klToTeacher, row: .accuracy,
            others: [
                .balancedAccuracy, .macroF1, .auroc, .brier, .expectedCalibrationError, .adaptiveCalibrationError,
                .churn, .rankCorrelation, .klToTeacher, .negativeFlips,
            ],
            bySeed: [.accuracy, .logLoss, .agreement, .negativeFlips])
    }

    public var evidence: [String] { EvidencePart.all.map(\.name) }

    public func statistics(
        _ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?
    ) -> RowStatistics {
        RowStatistics(classes: answers, truth.labels, teacher: teacher, weights: weights)
    }

    public var lossKind: RowLosses.Kind { .mistakes }

    /// 0 where the likeliest class is the label, else 1.
    public func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        RowLosses(lossKind, zip(answers.argmax(), truth.labels).map { $0 == $1 ? 0 : 1 })
    }

    /// The mean of accuracy and agreement with the teacher.
    public func score(_ figures: [Metric: Double]) -> Double {
        ((figures[.accuracy] ?? 0) + (figures[.agreement] ?? 0)) / 2
    }

    /// The classes' shares.
    public func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?, rows: Int) -> Matrix? {
        var shares = [Double](repeating: 0, count: task.width)
        for (row, label) in truth.labels.enumerated() where label >= 0 {
            shares[Int(label)] += Double(weights?[row] ?? 1)
        }
        let total = shares.reduce(0, +)
        guard total > 0 else { return nil }
        let one = shares.map { Float($0 / total) }
        return Matrix(rows: rows, columns: task.width, elements: (0..<rows).flatMap { _ in one })
    }
}
