internal import Compute

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

    /// Whether it stands out of chance by so many of its standard errors, also without the few rows that say most.
    package func isSupported(by errors: Double) -> Bool { mean > errors * error && trimmed > 0 }

    /// Standard errors by which the best of several models has to stand out: what the largest of their gains exceeds by chance as seldom as the gain of one alone exceeds one
    /// standard error, in 16 % of cases.
    ///
    /// Models that learned from the same rows gain on the same rows, so that the best of six is less than six chances. How much less is read off their gains: each row's
    /// gains, less their means, are given one random sign, which leaves them as correlated as they are and takes every true difference away; the largest standardised sum is
    /// noted, 1,000 times (the reality check of White, Econometrica 68, 2000; as a multiplier bootstrap Chernozhukov, Chetverikov and Kato, Annals of Statistics 41, 2013).
    ///
    /// - Parameter gains: a list for each model, with one gain a row; the same rows for all.
    /// - Returns: 1 for a single model, and the more the less the models resemble each other; for six independent ones 1.9.
    package static func errors(among gains: [[Double]]) -> Double {
        let standardised = gains.compactMap(standardised)
        guard standardised.count > 1, let rows = standardised.map(\.count).min() else { return 1 }
        var generator = SeededGenerator(seed: 0x5EED)
        var largest: [Double] = []
        for _ in 0..<draws {
            var signs = [Double](repeating: 1, count: rows)
            for start in stride(from: 0, to: rows, by: 64) {
                let bits = generator.next()
                for row in start..<min(rows, start + 64) where bits >> UInt64(row - start) & 1 == 1 { signs[row] = -1 }
            }
            largest.append(
                standardised.map { gains in
                    var sum = 0.0
                    for row in 0..<rows { sum += signs[row] * gains[row] }
                    return sum
                }.max() ?? 0)
        }
        largest.sort()
        return max(1, largest[Int(oneError * Double(draws))])
    }

    private static let draws = 1_000
    /// The probability of a normal number below one standard error.
    private static let oneError = 0.841_344_746_068_543

    /// Gains less their mean, their squares adding up to 1; nil where they do not vary.
    private static func standardised(_ gains: [Double]) -> [Double]? {
        let mean = gains.reduce(0, +) / Double(max(1, gains.count))
        let length = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
        return length > 0 ? gains.map { ($0 - mean) / length } : nil
    }
}
