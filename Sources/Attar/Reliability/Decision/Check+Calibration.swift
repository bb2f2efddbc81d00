extension Decision.Check {
    /// Whether probabilities mean what they say.
    ///
    /// It fails where the error, chance taken off, is above the limit, and calibrated probabilities would hardly ever show as much on as many rows. A perfectly
    /// calibrated student fails in one of 50 cases at most, on however few rows.
    /// - Parameters:
    ///   - shown: the calibration error; nil where it was not measured.
    ///   - chance: what chance has a part in it; nil takes the error as it is shown.
    /// - Returns: nil where nothing was measured.
    package init?(calibration shown: Double?, _ chance: CalibrationEvidence.Chance?, limit: Double) {
        guard let shown else { return nil }
        let value = chance?.error.value ?? shown
        let figure = shown.formatted(digits: 3)
        let isByChance = chance.map { !$0.isExceeded(by: shown) } ?? false
        let text: String
        if let chance, isByChance {
            text =
                "Its probabilities are off by \(figure) on average, as calibrated ones are on so many rows by chance (up to \(chance.most.formatted(digits: 3)))"
        } else {
            let left = value.formatted(digits: 3)
            let corrected = left == figure ? "" : ", by \(left) without what chance adds"
            text =
                "Its probabilities are off by \(figure) on average\(corrected); allowed is \(limit.formatted(digits: 3))"
        }
        self.init(name: "calibrationError", value: value, limit: limit, holds: isByChance || value <= limit, text: text)
    }
}
