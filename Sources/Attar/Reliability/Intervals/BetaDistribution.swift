internal import Foundation

/// The beta distribution, from which exact intervals of shares and the quantiles of Student's distribution come.
package enum BetaDistribution {
    /// The probability of at most `x`: the regularised incomplete beta function, by its continued fraction (Lentz's method).
    ///
    /// - Parameters:
    ///   - x: from 0 to 1.
    ///   - a: above 0.
    ///   - b: above 0.
    package static func atMost(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast on this side of the mean only.
        if x > (a + 1) / (a + b + 2) { return 1 - atMost(1 - x, b, a) }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var numerator = 1.0
        var denominator = 1 / away(1 - (a + b) * x / (a + 1))
        var fraction = denominator
        for step in 1...10_000 {
            let m = Double(step)
            for term in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                denominator = 1 / away(1 + term * denominator)
                numerator = away(1 + term / numerator)
                fraction *= numerator * denominator
            }
            if abs(numerator * denominator - 1) < 1e-14 { break }
        }
        return min(1, front * fraction)
    }

    /// The number below which a share of the probability lies.
    package static func quantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
        bisected(0, 1) { atMost($0, a, b) < share }
    }
}

/// The quantile of Student's distribution, for a share of at least one half.
///
/// - Parameter degrees: degrees of freedom, not necessarily whole.
package func studentQuantile(_ share: Double, degrees: Double) -> Double {
    // P(T > t) is half of what the beta distribution has below degrees / (degrees + t²).
    let x = BetaDistribution.quantile(2 * (1 - share), degrees / 2, 0.5)
    return (degrees * (1 - x) / max(x, 1e-300)).squareRoot()
}

/// Where a condition that holds from `low` on ceases to hold, before `high`.
func bisected(_ low: Double, _ high: Double, steps: Int = 60, holds: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<steps {
        let middle = (low + high) / 2
        if holds(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
}
