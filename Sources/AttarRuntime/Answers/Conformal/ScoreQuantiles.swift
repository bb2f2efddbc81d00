/// The scores of rows that nothing learned from, in order: what thresholds are read off.
///
/// The threshold of coverage c is the ⌈(n + 1) c⌉-th smallest of n scores: a further row, drawn like them, lies at or below it with a
/// probability of at least c. Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World" (2005). With weights it is the first score
/// up to which the rows weigh c times the sum of all weights and one mean weight more.
package struct ScoreQuantiles: Hashable, Sendable {
    /// Rows with a weight above 0.
    package let rows: Int
    /// Scores from small to large: all of them, or some, each standing for those below it.
    package let scores: [Double]
    /// Of each score the share of the weight up to it, the further row's included.
    package let shares: [Double]

    package init(rows: Int, scores: [Double], shares: [Double]) {
        (self.rows, self.scores, self.shares) = (rows, scores, shares)
    }

    /// The threshold that covers at least the given share; infinite where the rows are too few for it.
    package func threshold(coverage: Double) -> Double {
        // Shares are stored as 32-bit floats, and 0.9 · (n + 1) is seldom exact.
        var (low, high) = (0, shares.count)
        while low < high {
            let middle = (low + high) / 2
            if shares[middle] >= coverage - 1e-7 { high = middle } else { low = middle + 1 }
        }
        return low < scores.count ? scores[low] : .infinity
    }

    /// The share of the weight, a further row's included, that is not below a score; never less than the exact one where only some scores are kept.
    package func shareAtLeast(_ score: Double) -> Double {
        if score.isNaN { return 1 }
        var (low, high) = (0, scores.count)
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score { low = middle + 1 } else { high = middle }
        }
        // So that 1 − 0.99 is 0.01, as whoever compares it with a share expects.
        return low > 0 ? ((1 - shares[low - 1]) * 1e12).rounded() / 1e12 : 1
    }

    /// The fewest rows that a coverage can be promised on: ⌈1 / (1 − c)⌉ − 1.
    package static func rowsNeeded(coverage: Double) -> Int {
        Int(min(1e15, (1 / (1 - coverage) - 1e-7).rounded(.up))) - 1
    }

    /// At most so many of the scores, closer together towards the largest, where thresholds lie; a threshold read off them is never below the
    /// exact one.
    package func compressed(to most: Int) -> ScoreQuantiles {
        guard scores.count > most else { return self }
        let last = Double(scores.count - 1)
        var places: [Int] = []
        for step in (0..<most).reversed() {
            let share = Double(step) / Double(most - 1)
            let place = Int(last - (share * share * last).rounded(.down))
            if place != places.last { places.append(place) }
        }
        return ScoreQuantiles(rows: rows, scores: places.map { scores[$0] }, shares: places.map { shares[$0] })
    }
}
