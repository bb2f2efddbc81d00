package import Compute

/// One model's answers to the test rows, as row-wise numbers whose weighted sums give every metric.
///
/// Metrics that are no plain means (R², calibration error, F1) are functions of such sums too, and those that stand on ranks are linear in them to
/// first order. So one bootstrap replicate of all metrics is one row of a matrix product: (replicates, rows) · (rows, statistics).
public struct RowStatistics: Sendable {
    /// The metrics, in the order in which `metrics(from:)` gives them.
    package let metrics: [Metric]
    /// (statistics, rows).
    package let statistics: Matrix
    /// What is summed up bin by bin.
    package let binned: [BinnedSums]
    /// What the metrics' intervals are made from.
    let intervals: [Metric: IntervalKind]
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

    /// The statistics of any task, from their parts.
    ///
    /// - Parameter rows: how many rows there are.
    public init(_ parts: Parts, rows: Int) {
        (metrics, combine, binned) = (parts.metrics, parts.combine, parts.binned)
        intervals = parts.intervals
        statistics = Matrix(rows: parts.columns.count, columns: rows, elements: parts.columns.flatMap { $0 })
    }

    /// The same without some of the metrics.
    func keeping(_ wanted: [Metric]) -> RowStatistics {
        let places = metrics.indices.filter { wanted.contains(metrics[$0]) }
        var kept = Parts()
        kept.metrics = places.map { metrics[$0] }
        kept.columns = (0..<statistics.rows).map { Array(statistics.row($0)) }
        kept.binned = binned
        kept.intervals = intervals.filter { wanted.contains($0.key) }
        kept.combine = { [combine] sums, weight in
            let all = combine(sums, weight)
            return places.map { all[$0] }
        }
        return RowStatistics(kept, rows: statistics.columns)
    }

    /// What statistics are put together from.
    public struct Parts: Sendable {
        /// The metrics, in the order in which `combine` gives them.
        public var metrics: [Metric] = []
        /// Numbers a row that are summed up by weight.
        public var columns: [[Float]] = []
        /// Numbers a row that are summed up bin by bin.
        var binned: [BinnedSums] = []
        /// What the metrics' intervals are made from; percentiles of replicates for those that are not named.
        var intervals: [Metric: IntervalKind] = [:]
        /// From the weighted sums of the columns, then of the bins, and the sum of the weights to the metrics.
        public var combine: @Sendable (_ sums: [Double], _ weight: Double) -> [Double] = { _, _ in [] }

        /// Nothing yet.
        public init() {}

        /// Metrics that sums of columns give.
        public init(
            metrics: [Metric], columns: [[Float]],
            combine: @escaping @Sendable (_ sums: [Double], _ weight: Double) -> [Double]
        ) {
            (self.metrics, self.columns, self.combine) = (metrics, columns, combine)
        }
    }
}
