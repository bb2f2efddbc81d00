extension Evaluation {
    /// Losses of which so few rows make up half that no interval of their mean is sure of its 95 %: one more such row would move it far.
    package struct HeavyTail: Hashable, Sendable {
        /// The loss.
        package let metric: Metric
        /// Rows that make up half of it.
        package let rows: Int
        /// All rows.
        package let of: Int

        /// The same as a sentence.
        package var note: String {
            "\(rows) of \(of) test rows make up half of the \(metric.label) (heavy tails): its interval may well be too narrow."
        }
    }

    /// More rows than this average out, however few they are among all.
    private static let mostTailRows = 25
    /// The share of rows that make up half of squared errors is 15 % where errors are normal, 4 % under Student's distribution with 3 degrees of
    /// freedom, whose squares have no variance.
    private static let tailShare = 0.05
    /// Where there are few rows, so many are few, too.
    private static let fewestTailRows = 3.0

    /// The losses of the first model that have heavy tails.
    package var heavyTailed: [HeavyTail] {
        guard let member = own.first, against.isEmpty else { return [] }
        return [Metric.mse, .logLoss].compactMap { metric in
            guard let index = metrics.firstIndex(of: metric) else { return nil }
            let off = member.influence(of: metric, weighting)
            let parts = off.indices.map {
                (Double(off[$0]) + member.values[index]) * weighting.weight($0)
            }.sorted(by: >)
            let half = parts.reduce(0, +) / 2
            var (sum, rows) = (0.0, 0)
            while rows < parts.count, sum < half {
                sum += parts[rows]
                rows += 1
            }
            let most = min(Double(Self.mostTailRows), max(Self.fewestTailRows, Self.tailShare * Double(parts.count)))
            return rows > 0 && Double(rows) <= most ? HeavyTail(metric: metric, rows: rows, of: parts.count) : nil
        }
    }
}
