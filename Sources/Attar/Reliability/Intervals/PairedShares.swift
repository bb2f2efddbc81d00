/// Two shares of the same rows: how many rows only the one has, how many only the other, of how many.
///
/// Counts need not be whole: rows with weights count as many as they are worth.
package struct PairedShares: Hashable, Sendable {
    /// Rows that only the first has.
    let won: Double
    /// Rows that only the second has.
    let lost: Double
    /// All rows.
    let rows: Double

    /// - Precondition: `won + lost` is at most `rows`, and there are rows.
    package init(won: Double, lost: Double, rows: Double) {
        precondition(
            rows > 0 && won >= 0 && lost >= 0 && won + lost <= rows * (1 + 1e-9), "no more than all rows differ")
        (self.won, self.lost, self.rows) = (won, lost, rows)
    }

    /// The first share minus the second, with the score interval of Tango (Statistics in Medicine 17, 1998).
    ///
    /// It holds those differences under which the counts are no more than so many deviations away, the deviation being that of the likeliest shares
    /// with that difference. So it has a width where no row differs, too, which the bootstrap's has not. A single bound is taken from half a row
    /// further off: without that correction for continuity it holds in 91 % only where few rows differ.
    package func difference(_ level: ConfidenceLevel = .twoSided) -> Estimate {
        let value = (won - lost) / rows
        let correction = level.isOneSided ? 0.5 : 0
        let low = bisected(-value, 1) { deviation(of: -$0, correction) <= level.deviate }
        let high = bisected(value, 1) { -deviation(of: $0, -correction) <= level.deviate }
        return Estimate(value: value, low: min(value, -low), high: max(value, high))
    }

    /// How many deviations the counts lie above a difference.
    private func deviation(of difference: Double, _ correction: Double) -> Double {
        // The likeliest share that only the second has solves 2n q² + b q + c = 0.
        let b = (2 * rows - won + lost) * difference - won - lost
        let c = -lost * difference * (1 - difference)
        let share = ((max(0, b * b - 8 * rows * c)).squareRoot() - b) / (4 * rows)
        let variance = rows * (2 * share + difference * (1 - difference))
        let excess = won - lost - rows * difference - correction
        return variance > 1e-12 ? excess / variance.squareRoot() : abs(excess) < 1e-9 ? 0 : excess * .infinity
    }
}
