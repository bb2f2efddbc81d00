/// How much less one model loses than another on the same validation rows, and how sure that is.
package struct PairedGain: Hashable, Sendable {
    /// The mean over the rows, by their weights; above 0 where the first loses less.
    package let mean: Double
    /// The standard error of the mean.
    package let error: Double
    /// The mean with the largest and the smallest hundredth of the gains pulled in to the rest: what is left without the few rows that say most.
    package let trimmed: Double

    /// The gain of a model over another.
    ///
    /// Students that are validated on different folds share most of the rows that they learned from, so that their figures vary together more than the rows of one fold
    /// tell. The variance is therefore 1 + folds · validated / learned times that of the mean of independent rows (Nadeau and Bengio, Machine Learning 52, 2003).
    ///
    /// - Parameters:
    ///   - losses: the model's, one a row.
    ///   - others: those of the model that it is held against, for the same rows.
    ///   - weights: one a row; nil where all count the same.
    ///   - folds: how many folds the rows come from.
    ///   - share: rows of a fold for each row that is learned from.
    package init(_ losses: [Double], over others: [Double], weights: [Double]? = nil, folds: Int, share: Double) {
        let gains = zip(losses, others).map { $1 - $0 }
        let weights = weights ?? [Double](repeating: 1, count: gains.count)
        let total = weights.reduce(0, +)
        guard total > 0 else {
            (mean, error, trimmed) = (0, .infinity, 0)
            return
        }
        let mean = zip(gains, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let squares = zip(gains, weights).reduce(0) { sum, pair in
            let part = pair.1 * (pair.0 - mean)
            return sum + part * part
        }
        let sorted = gains.sorted()
        let cut = sorted.count / 100
        let range = sorted[cut]...sorted[sorted.count - 1 - cut]
        trimmed =
            zip(gains, weights).reduce(0) { $0 + min(range.upperBound, max(range.lowerBound, $1.0)) * $1.1 } / total
        self.mean = mean
        error = (squares * (1 + Double(folds) * share)).squareRoot() / total
    }

    /// Whether it stands out of chance by one standard error, where so many were compared and the best of them is looked at: a normal number exceeds one standard
    /// error with a chance of 16 %, and that chance is shared out among them (Bonferroni).
    package func isSupported(among count: Int) -> Bool {
        mean > Self.errors(among: count) * error && trimmed > 0
    }

    /// Standard errors by which the best of so many has to stand out.
    package static func errors(among count: Int) -> Double {
        NormalDistribution.quantile(1 - (1 - NormalDistribution.oneError) / Double(max(1, count)))
    }
}

extension NormalDistribution {
    /// The probability of a normal number below one standard error.
    fileprivate static let oneError = 0.841_344_746_068_543
}
