internal import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability of a normal number below the given one.
    package static func probability(below number: Double) -> Double { erfc(-number / 2.0.squareRoot()) / 2 }

    /// The number below which a normal number lies with the given probability.
    ///
    /// - Parameter probability: between 0 and 1; beyond 10⁻¹⁵ from either end, the value there.
    package static func quantile(_ probability: Double) -> Double {
        // Φ is monotonic, and 60 halvings of an interval this wide leave nothing that a Double tells apart.
        var (low, high) = (-8.0, 8.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if self.probability(below: middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
