/// The average precision of one class, with what its interval stands on.
package struct PrecisionOfClass: Sendable {
    /// The average precision.
    let precision: Double
    /// The same with each row of the class held to the others only: few rows of a class make precisions too large by what each counts for itself.
    let heldOut: Double
    /// Rows of the class, as many as their weights are worth.
    let positive: Double
    /// The variance by the rows' influences.
    let variance: Double

    /// An average precision.
    package init(precision: Double, heldOut: Double, positive: Double, variance: Double) {
        (self.precision, self.heldOut, self.positive, self.variance) = (precision, heldOut, positive, variance)
    }

    /// An interval about the precision, or the one that is held out, as that of a share of the class's rows (Boyd, Eng and Page, ECML PKDD 2013), or of
    /// fewer where precisions vary more than such a share.
    func estimate(_ level: ConfidenceLevel, about centre: Double) -> Estimate {
        let share = precision * (1 - precision)
        let worth = variance > 0 && share > 0 ? max(1, min(positive, share / variance)) : positive
        return Binomial.estimate(centre * worth, of: worth, level)
    }

    /// The mean over classes.
    ///
    /// - Parameters:
    ///   - absent: classes without a row.
    ///   - dependence: by how much the classes' figures vary more together than if each varied by itself.
    static func mean(
        of classes: [PrecisionOfClass], absent: Int, dependence: Double, _ level: ConfidenceLevel
    ) -> Estimate {
        func mean(_ centre: (PrecisionOfClass) -> Double) -> Estimate {
            Estimate.mean(
                of: classes.map { $0.estimate(level, about: centre($0)) }, unknown: absent, dependence: dependence)
        }
        let plain = mean(\.precision)
        return Estimate(value: plain.value, low: min(plain.low, mean(\.heldOut).low), high: plain.high)
    }
}
