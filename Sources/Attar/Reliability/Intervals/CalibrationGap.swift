internal import Foundation

/// A calibration error, Σ over bins of |share of right answers − confidence| by the bins' shares of rows, with what chance has a part in it.
///
/// Sizes do not cancel: rows of a perfectly calibrated model show an error, too, the larger the fewer they are. So resampling rows says where
/// errors with twice the chance lie, and not where the true error lies.
struct CalibrationGap: Sendable {
    /// Of each bin the weighted sum of its rows' (1 for right, 0 for wrong) − confidence, by the weight of all rows.
    let gaps: [Double]
    /// The variances of those.
    let variances: [Double]
    /// The variance of their sum, a handful of rows that are all right or all wrong not taken at their word: two rows of each kind are added to each bin's
    /// (Agresti and Coull, 1998).
    let generous: Double

    /// The gaps of some rows.
    ///
    /// A bin's variance is that of its rows, or that of labels drawn from the probabilities, whichever is greater: a handful of right answers has none of its own.
    init(_ bins: BinnedSums, confidences: [Float], _ weighting: RowWeighting) {
        let total = weighting.weights.reduce(0) { $0 + Double($1) }
        gaps = bins.sums(weights: weighting.weights).map { total > 0 ? $0 / total : 0 }
        var own = [Double](repeating: 0, count: bins.count)
        var drawn = own
        var members = [[Int]](repeating: [], count: bins.count)
        for (row, bin) in bins.bins.enumerated() where bin >= 0 {
            members[Int(bin)].append(row)
            let confidence = Double(confidences[row])
            drawn[Int(bin)] += weighting.weight(row) * weighting.weight(row) * confidence * (1 - confidence)
        }
        var generous = 0.0
        for (bin, rows) in members.enumerated() {
            weighting.forEachUnit(of: rows) { _, sum in
                own[bin] += sum * sum
            } off: {
                Double(bins.values[$0])
            }
            let sums = rows.reduce(into: (weight: 0.0, squares: 0.0, right: 0.0)) { sums, row in
                let weight = weighting.weight(row)
                sums.weight += weight
                sums.squares += weight * weight
                sums.right += weight * Double(bins.values[row] + confidences[row])
            }
            guard sums.weight > 0 else { continue }
            let worth = sums.weight * sums.weight / sums.squares
            let share = (worth * sums.right / sums.weight + 2) / (worth + 4)
            generous += max(max(own[bin], drawn[bin]), sums.squares * share * (1 - share)) / (total * total)
        }
        self.generous = generous
        variances = zip(own, drawn).map { total > 0 ? max($0, $1) / (total * total) : 0 }
    }

    /// The error that the rows show.
    var shown: Double { gaps.reduce(0) { $0 + abs($1) } }

    /// The error of which the rows most likely are, the one under which they show as much on average, and an interval of the true error. It begins where they would hardly
    /// ever show as much, and ends where the errors of the bins can add up to; the error that is shown lies in it.
    ///
    /// True errors are looked for among multiples of the gaps that are seen.
    func estimate(_ level: ConfidenceLevel) -> (debiased: Double, interval: Estimate) {
        let shown = shown
        // Sizes of sums are no smaller than sums: the true error is above the one that is shown by no more than the bins' errors add up to.
        let high = min(1, shown + level.deviate * generous.squareRoot())
        guard shown > 0 else { return (0, Estimate(value: 0, low: 0, high: high)) }
        /// Up to which multiple something holds; 0 where it does not hold even there.
        func times(_ holds: (Double) -> Bool) -> Double {
            guard holds(0) else { return 0 }
            var most = 2.0
            while most < 64, holds(most) { most *= 2 }
            return bisected(0, most, steps: 30, holds: holds)
        }
        let low = times { 1 - atMost(shown, where: $0) <= level.tail }
        return (
            shown * times { moments(where: $0).mean <= shown },
            Estimate(value: shown, low: min(shown, shown * low), high: max(shown, high))
        )
    }

    /// Mean and variance of the error that rows show where each bin's true gap is so many times the one that is seen: sums of sizes of normal numbers.
    private func moments(where times: Double) -> (mean: Double, variance: Double) {
        var (mean, variance) = (0.0, 0.0)
        for (gap, noise) in zip(gaps, variances) where noise > 0 {
            let (gap, deviation) = (times * gap, noise.squareRoot())
            let size =
                deviation * (2 / Double.pi).squareRoot() * exp(-gap * gap / (2 * noise))
                + gap * erf(gap / (deviation * 2.0.squareRoot()))
            mean += size
            variance += max(0, gap * gap + noise - size * size)
        }
        return (mean, variance)
    }

    /// The chance that rows then show at most an error, by a gamma distribution of those moments (Wilson and Hilferty, PNAS 17, 1931).
    private func atMost(_ error: Double, where times: Double) -> Double {
        let (mean, variance) = moments(where: times)
        guard mean > 0, variance > 0 else { return error >= mean ? 1 : 0 }
        let part = variance / (9 * mean * mean)
        let deviate = (cbrt(error / mean) - (1 - part)) / part.squareRoot()
        return erfc(-deviate / 2.0.squareRoot()) / 2
    }
}
