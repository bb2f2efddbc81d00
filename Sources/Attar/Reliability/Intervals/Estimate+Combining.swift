extension Estimate {
    /// The mean of several figures: how far its ends are off follows from how far those of the parts are (Zou and Donner, Statistics in Medicine 27,
    /// 2008).
    ///
    /// - Parameters:
    ///   - parts: the figures.
    ///   - unknown: further ones of which nothing is known, each anywhere in `range`; they are no part of the value.
    ///   - dependence: by how much the parts' vary more together than if each varied by itself: from 1 to the root of their number.
    static func mean(
        of parts: [Estimate], unknown: Int = 0, in range: ClosedRange<Double> = 0...1, dependence: Double = 1
    ) -> Estimate {
        let count = Double(parts.count)
        guard count > 0 else { return Estimate(value: 0, low: range.lowerBound, high: range.upperBound) }
        let value = parts.reduce(0) { $0 + $1.value } / count
        func distance(_ off: (Estimate) -> Double) -> Double {
            parts.reduce(0) { $0 + off($1) * off($1) }.squareRoot() * dependence / count
        }
        let known = count / (count + Double(unknown))
        func end(_ end: Double, _ bound: Double) -> Double {
            let end = min(range.upperBound, max(range.lowerBound, end))
            return known * end + (1 - known) * bound
        }
        return Estimate(
            value: value, low: min(value, end(value - distance { $0.value - $0.low }, range.lowerBound)),
            high: max(value, end(value + distance { $0.high - $0.value }, range.upperBound)))
    }

    /// This figure minus another on the same rows, by the same reasoning.
    ///
    /// - Parameter correlation: that of the two figures' errors.
    func minus(_ other: Estimate, correlation: Double) -> Estimate {
        // Models that are alike on these rows need not be on others.
        let correlation = min(0.98, max(-1, correlation))
        func distance(_ one: Double, _ other: Double) -> Double {
            max(0, one * one + other * other - 2 * correlation * one * other).squareRoot()
        }
        let difference = value - other.value
        return Estimate(
            value: difference, low: difference - distance(value - low, other.high - other.value),
            high: difference + distance(high - value, other.value - other.low))
    }

    /// The same with ends that are further off by an error of its own.
    func widened(by variance: Double, _ level: ConfidenceLevel) -> Estimate {
        guard variance > 0 else { return self }
        let further = level.deviate * level.deviate * variance
        return Estimate(
            value: value, low: value - ((value - low) * (value - low) + further).squareRoot(),
            high: value + ((high - value) * (high - value) + further).squareRoot())
    }

    /// The same with ends that lie in a range, and a value between them.
    func clamped(to range: ClosedRange<Double>) -> Estimate {
        Estimate(
            value: value, low: min(value, max(range.lowerBound, low)), high: max(value, min(range.upperBound, high)))
    }
}
