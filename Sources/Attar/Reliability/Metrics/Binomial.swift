internal import Foundation

/// Probabilities of counts.
package enum Binomial {
    /// The probability of at most `successes` in `trials`, each with the given probability: the exact p-value of "the rate is above it"
    /// (Clopper and Pearson, Biometrika 1934).
    ///
    /// - Parameter probability: from 0 to 1.
    package static func atMost(_ successes: Int, of trials: Int, probability: Double) -> Double {
        if successes >= trials || probability <= 0 { return 1 }
        if successes < 0 || probability >= 1 { return 0 }
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

    /// The upper end of the one-sided interval of Clopper and Pearson (Biometrika 26, 1934): the largest probability under which at most `count`
    /// successes in `trials` are still as likely as 1 − confidence.
    package static func upperBound(_ count: Int, of trials: Int, confidence: Double) -> Double {
        guard trials > 0, count < trials else { return 1 }
        var (low, high) = (Double(count) / Double(trials), 1.0)
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if atMost(count, of: trials, probability: middle) > 1 - confidence { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
