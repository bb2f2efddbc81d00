extension Binomial {
    /// A share with the exact interval of Clopper and Pearson (Biometrika 26, 1934). Counts need not be whole.
    package static func estimate(_ hits: Double, of rows: Double, _ level: ConfidenceLevel = .twoSided) -> Estimate {
        guard rows > 0 else { return Estimate(value: 0, low: 0, high: 1) }
        let (hits, misses) = (min(rows, max(0, hits)), max(0, rows - hits))
        let value = hits / rows
        return Estimate(
            value: value,
            low: hits > 0 ? min(value, BetaDistribution.quantile(level.tail, hits, misses + 1)) : 0,
            high: misses > 0 ? max(value, BetaDistribution.quantile(1 - level.tail, hits + 1, misses)) : 1)
    }
}

extension RowWeighting {
    /// The mean of rows' numbers from 0 to 1, or of differences of such from −1 to 1, with an interval for shares.
    ///
    /// Rows count as many as they are worth: no more than their weights leave of them (Kish, 1965), and no more than give the variance that is found
    /// (Korn and Graubard, 1998), where rows have weights, belong together, or several models are averaged.
    /// - Parameters:
    ///   - rows: which of them; nil for all.
    ///   - extraVariance: that of the mean besides, from the choice of models.
    ///   - isDifference: whether the numbers are differences.
    func share(
        of values: [Float], at rows: [Int]? = nil, extraVariance: Double = 0, isDifference: Bool,
        _ level: ConfidenceLevel
    ) -> Estimate {
        let rows = rows ?? Array(values.indices)
        let moments = MeanMoments(values, self, at: rows)
        guard moments.worth > 0 else { return Estimate(value: 0, low: isDifference ? -1 : 0, high: 1) }
        var (won, lost, total) = (0.0, 0.0, 0.0)
        for row in rows {
            total += weight(row)
            won += weight(row) * Double(max(0, values[row]))
            lost += weight(row) * Double(max(0, -values[row]))
        }
        (won, lost) = (won / total, lost / total)
        let one = isDifference ? won + lost - (won - lost) * (won - lost) : won * (1 - won)
        let variance = moments.variance * moments.uncorrected + extraVariance
        let isExact = isPlain && extraVariance == 0
        let worth = isExact || variance <= 0 ? moments.worth : min(moments.worth, max(1, one / variance))
        return isDifference
            ? PairedShares(won: won * worth, lost: lost * worth, rows: worth).difference(level)
            : Binomial.estimate(won * worth, of: worth, level)
    }
}
