extension RowStatistics {
    /// The figures of both, from sums over the same rows.
    func adding(_ other: RowStatistics) -> RowStatistics {
        let (own, more) = (statistics.rows, other.statistics.rows)
        let bins = binned.reduce(0) { $0 + $1.count }
        var parts = Parts()
        parts.metrics = metrics + other.metrics
        parts.columns = (0..<own).map { Array(statistics.row($0)) } + (0..<more).map { Array(other.statistics.row($0)) }
        parts.binned = binned + other.binned
        parts.intervals = intervals.merging(other.intervals) { first, _ in first }
        let (first, second) = (self, other)
        parts.combine = { sums, weight in
            let binned = sums[(own + more)...]
            return first.metrics(from: sums[..<own] + Array(binned.prefix(bins)), weight: weight)
                + second.metrics(from: sums[own..<own + more] + Array(binned.dropFirst(bins)), weight: weight)
        }
        return RowStatistics(parts, rows: statistics.columns)
    }
}
