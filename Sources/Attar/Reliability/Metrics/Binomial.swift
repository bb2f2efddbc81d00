internal import Foundation

/// Probabilities of counts.
package enum Binomial {
    /// The chance of at most `count` successes in `trials`, each with the given probability.
    package static func atMost(_ count: Int, of trials: Int, probability: Double) -> Double {
        if count >= trials || probability <= 0 { return 1 }
        if count < 0 || probability >= 1 { return 0 }
        // The terms from the largest down, so that none underflows before it matters.
        var sum = 0.0
        let (logOdds, start) = (log(probability) - log1p(-probability), min(count, Int(Double(trials) * probability)))
        func logTerm(_ k: Int) -> Double {
            lgamma(Double(trials) + 1) - lgamma(Double(k) + 1) - lgamma(Double(trials - k) + 1)
                + Double(k) * logOdds + Double(trials) * log1p(-probability)
        }
        var (term, k) = (exp(logTerm(start)), start)
        while k >= 0, term > 0 {
            sum += term
            term *= Double(k) / Double(trials - k + 1) / exp(logOdds)
            k -= 1
            if term < sum * 1e-17 { break }
        }
        (term, k) = (exp(logTerm(start)), start)
        while k < count {
            k += 1
            term *= Double(trials - k + 1) / Double(k) * exp(logOdds)
            sum += term
        }
        return min(1, sum)
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
