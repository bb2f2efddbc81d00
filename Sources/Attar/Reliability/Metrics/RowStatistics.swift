package import Compute

/// One model's answers to the test rows, as row-wise numbers whose weighted sums give every metric.
///
/// Metrics that are no plain means (R², calibration error, F1) are functions of such sums too, and those that stand on ranks are linear in them to
/// first order. So one bootstrap replicate of all metrics is one row of a matrix product: (replicates, rows) · (rows, statistics).
package struct RowStatistics: Sendable {
    /// The metrics, in the order in which `metrics(from:)` gives them.
    package let metrics: [Metric]
    /// (statistics, rows).
    package let statistics: Matrix
    /// What is summed up bin by bin.
    package let binned: [BinnedSums]
    /// From the weighted sums of the statistics, then of the bins, and the sum of the weights to the metrics.
    private let combine: @Sendable ([Double], Double) -> [Double]

    /// The metrics that the sums of some weighting of the rows give.
    ///
    /// - Parameter sums: of the statistics, then of each of the bins.
    package func metrics(from sums: [Double], weight: Double) -> [Double] { combine(sums, weight) }

    /// The metrics on the rows as they are, in the order of `metrics`; summed up in 64 bits.
    package func ordered(weights: [Float]) -> [Double] {
        var sums: [Double] = []
        for statistic in 0..<statistics.rows {
            var sum = 0.0
            for (value, weight) in zip(statistics.row(statistic), weights) { sum += Double(value) * Double(weight) }
            sums.append(sum)
        }
        for part in binned { sums += part.sums(weights: weights) }
        return combine(sums, weights.reduce(0) { $0 + Double($1) })
    }

    /// The metrics on the rows as they are.
    package func values(weights: [Float]) -> [Metric: Double] {
        Dictionary(uniqueKeysWithValues: zip(metrics, ordered(weights: weights)))
    }

    /// The statistics of predictions against a target, and against a teacher's predictions where there are any.
    ///
    /// - Parameters:
    ///   - outputs: probabilities or values, (rows, task.width).
    ///   - teacher: the teacher's, of the same shape; nil where there is none, or this is the teacher.
    ///   - weights: how much each row counts, for metrics that stand on ranks; nil leaves those out.
    package init(outputs: Matrix, target: Target, teacher: Matrix?, weights: [Float]? = nil) {
        let built =
            target.task.isClassification
            ? Self.classification(outputs, target.labels, teacher, weights)
            : Self.regression(outputs, target.values, teacher, weights)
        (metrics, combine, binned) = (built.metrics, built.combine, built.binned)
        statistics = Matrix(
            rows: built.columns.count, columns: outputs.rows, elements: built.columns.flatMap { $0 })
    }

    /// What `init` puts together.
    struct Parts {
        var metrics: [Metric] = []
        var columns: [[Float]] = []
        var binned: [BinnedSums] = []
        var combine: @Sendable ([Double], Double) -> [Double] = { _, _ in [] }
    }
}
