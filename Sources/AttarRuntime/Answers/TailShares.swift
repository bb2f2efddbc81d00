internal import Foundation

/// How strange scores are beside those of some rows: the share of rows that are at least as strange, which is the same whatever unit scores are in.
///
/// Of n rows the one that is the r-th from below, ties by their mean, has a share of (n + 1 − r) / (n + 1) at least as strange. Between two rows' scores −log of the share
/// rises evenly. Beyond the strangest row the share falls as an exponential does whose mean excess is that of the strangest tenth of the rows, so that no two scores become one.
package struct TailShares: Hashable, Sendable {
    /// The rows' scores, in ascending order.
    package let scores: [Float]
    /// The mean by which the strangest tenth exceeds the score at which it begins; above 0.
    private let excess: Double

    /// What scores are held against.
    ///
    /// - Precondition: there are some, all of them finite.
    package init(_ scores: [Float]) {
        precondition(!scores.isEmpty && scores.allSatisfy(\.isFinite), "finite scores of at least one row")
        let sorted = scores.sorted()
        self.scores = sorted
        let tail = sorted.suffix(max(1, sorted.count / 10))
        let start = Double(sorted[max(0, sorted.count - tail.count - 1)])
        let mean = tail.reduce(0.0) { $0 + Double($1) / Double(tail.count) } - start
        let range = Double(sorted[sorted.count - 1]) - Double(sorted[0])
        excess = mean > 0 ? mean : range > 0 ? range : 1
    }

    /// −log₁₀ of the share of rows that are at least as strange: 2 is as strange as one in a hundred.
    package func rarity(of score: Float) -> Double {
        let (below, through) = (position { $0 < score }, position { $0 <= score })
        if below < through { return rarity(rank: Double(below + 1 + through) / 2) }
        if below == 0 { return rarity(rank: 1) }
        let lower = scores[below - 1]
        let start = rarity(of: lower)
        if below == scores.count { return start + (Double(score) - Double(lower)) / (excess * log(10)) }
        let upper = scores[below]
        let part = (Double(score) - Double(lower)) / (Double(upper) - Double(lower))
        return start + part * (rarity(of: upper) - start)
    }

    /// The share of rows that are less strange, from 0 to 1.
    package func rank(of score: Float) -> Double { 1 - pow(10, -rarity(of: score)) }

    private func rarity(rank: Double) -> Double {
        let count = Double(scores.count + 1)
        return -log10((count - rank) / count)
    }

    /// How many of the scores, from the least on, are as said.
    private func position(_ isBefore: (Float) -> Bool) -> Int {
        var (low, high) = (0, scores.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(scores[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
