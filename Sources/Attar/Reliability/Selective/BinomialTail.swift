internal import Foundation

/// The binomial distribution's lower tail.
package enum BinomialTail {
    /// The probability of at most `successes` in `trials`, each with the given probability: the exact p-value of "the rate is above it"
    /// (Clopper and Pearson, Biometrika 1934).
    ///
    /// - Precondition: 0 < probability < 1.
    package static func atMost(_ successes: Int, of trials: Int, probability: Double) -> Double {
        if successes < 0 { return 0 }
        if successes >= trials { return 1 }
        let (n, k) = (Double(trials), Double(successes))
        let last =
            lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(probability) + (n - k) * log1p(-probability)
        // Relative to the last term, from it down to the first.
        let odds = (1 - probability) / probability
        var (sum, term) = (1.0, 1.0)
        for place in stride(from: k, to: 0, by: -1) {
            term *= place / (n - place + 1) * odds
            sum += term
            if term < 1e-18 * sum { break }
        }
        return min(1, exp(last + log(sum)))
    }
}

/// The natural logarithm, for files that have no other use for Foundation.
func logarithm(_ value: Double) -> Double { log(value) }
