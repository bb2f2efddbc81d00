internal import Foundation

/// How often rows of each of one clustering's clusters stand in each of another's: what says how alike two clusterings are, whatever their clusters are called.
///
/// Only the pairs of clusters that rows stand in are kept, so that hundreds of clusters cost no more than rows do.
package struct Contingency: Sendable {
    /// A cluster of the first clustering and one of the second.
    package struct Pair: Hashable, Sendable {
        /// The cluster of the clustering that is right.
        package let first: Int
        /// That of the other.
        package let second: Int
    }

    /// The pairs that there are.
    let pairs: [Pair]
    /// Rows, or their weights, of each pair.
    let counts: [Double]
    /// Rows of each cluster of the first clustering.
    let first: [Double]
    /// The same of the second.
    let second: [Double]
    private let total: Double

    /// A table of rows' weights.
    ///
    /// - Parameters:
    ///   - counts: one for each of the pairs, which are distinct.
    ///   - clusters: how many there are.
    init(_ pairs: [Pair], _ counts: [Double], clusters: Int) {
        var (first, second) = ([Double](repeating: 0, count: clusters), [Double](repeating: 0, count: clusters))
        for (pair, count) in zip(pairs, counts) {
            first[pair.first] += count
            second[pair.second] += count
        }
        (self.pairs, self.counts, self.first, self.second) = (pairs, counts, first, second)
        total = first.reduce(0, +)
    }

    /// The table of two clusterings of the same rows.
    package init(_ one: [Int32], _ other: [Int32], clusters: Int) {
        var counts: [Pair: Double] = [:]
        for (one, other) in zip(one, other) { counts[Pair(first: Int(one), second: Int(other)), default: 0] += 1 }
        let pairs = counts.keys.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        self.init(pairs, pairs.map { counts[$0] ?? 0 }, clusters: clusters)
    }

    /// The adjusted Rand index: the share of pairs of rows on which both agree whether they belong together, less what chance gives, as a share of what is possible beyond it.
    ///
    /// (Σ n_ij(n_ij−1) − E) / (½ (Σ a_i(a_i−1) + Σ b_j(b_j−1)) − E) with E = Σ a_i(a_i−1) Σ b_j(b_j−1) / (n(n−1)). Hubert and Arabie, "Comparing Partitions", Journal of
    /// Classification 2 (1985). 1 where both are one clustering, about 0 where they have nothing to do with one another.
    package var adjustedRandIndex: Double {
        func together(_ counts: [Double]) -> Double { counts.reduce(0) { $0 + $1 * ($1 - 1) } }
        let (own, others, both) = (together(first), together(second), together(counts))
        let all = total * (total - 1)
        guard all > 0 else { return 1 }
        let expected = own * others / all
        let most = (own + others) / 2
        return most - expected > 1e-12 * all ? min(1, (both - expected) / (most - expected)) : 1
    }

    /// The adjusted mutual information: what one clustering tells of the other, less what chance gives, as a share of what is possible beyond it.
    ///
    /// (I − E[I]) / (½ (H_1 + H_2) − E[I]), E over clusterings with the same sizes. Vinh, Epps and Bailey, JMLR 11 (2010).
    /// - Parameter expected: E[I]; nil takes that of this table.
    package func adjustedMutualInformation(expecting expected: Double? = nil) -> Double {
        let entropies = (entropy(first), entropy(second))
        // Of a single cluster each there is nothing that could be told, and nothing that could differ.
        guard entropies.0 > 1e-12 || entropies.1 > 1e-12 else { return 1 }
        let chance = expected ?? expectedInformation
        let room = (entropies.0 + entropies.1) / 2 - chance
        return room > 1e-12 ? max(-1, min(1, (information - chance) / room)) : 1
    }

    /// The harmonic mean of homogeneity and completeness: 2 I / (H_1 + H_2). Rosenberg and Hirschberg, EMNLP-CoNLL 2007.
    package var vMeasure: Double {
        let sum = entropy(first) + entropy(second)
        return sum > 1e-12 ? min(1, 2 * information / sum) : 1
    }

    /// F1 of one cluster: the harmonic mean of the shares of its rows, by the one clustering and by the other, that both have in it; 1 where neither has a row in it.
    package func score(of cluster: Int) -> Double {
        let sum = first[cluster] + second[cluster]
        let both = zip(pairs, counts).first { $0.0 == Pair(first: cluster, second: cluster) }?.1 ?? 0
        return sum > 0 ? 2 * both / sum : 1
    }

    /// The table without the rows that the first clustering has in a cluster.
    package func leaving(out cluster: Int) -> Contingency {
        Contingency(pairs, zip(pairs, counts).map { $0.first == cluster ? 0 : $1 }, clusters: first.count)
    }

    private func entropy(_ sizes: [Double]) -> Double {
        sizes.reduce(0) { $1 > 0 ? $0 - $1 / total * log($1 / total) : $0 }
    }

    /// The mutual information of the two, in nats.
    private var information: Double {
        var sum = 0.0
        for (pair, count) in zip(pairs, counts) where count > 0 {
            sum += count / total * log(count * total / (first[pair.first] * second[pair.second]))
        }
        return max(0, sum)
    }

    /// The mean of the information over all tables with the same sums, in whole rows: hypergeometric in each cell.
    ///
    /// Terms further than twelve deviations from a cell's mean are left out: they add less than rounding does.
    package var expectedInformation: Double {
        func sizes(_ clusters: [Double]) -> [Int] { clusters.map { Int($0.rounded()) }.filter { $0 > 0 } }
        let (own, others) = (sizes(first), sizes(second))
        let rows = Int(total.rounded())
        guard rows > 1 else { return 0 }
        var factorials = [0.0]
        factorials.reserveCapacity(rows + 1)
        for number in 0..<rows { factorials.append(factorials[number] + log(Double(number + 1))) }
        var sum = 0.0
        for own in own {
            for other in others {
                let mean = Double(own) * Double(other) / Double(rows)
                let reach = 12 * mean.squareRoot() + 30
                let least = max(1, own + other - rows, Int(mean - reach))
                let most = min(own, other, Int(mean + reach))
                guard least <= most, own <= rows, other <= rows else { continue }
                let fixed =
                    factorials[own] + factorials[other] + factorials[rows - own] + factorials[rows - other]
                    - factorials[rows]
                for both in least...most where rows - own - other + both >= 0 {
                    let chance =
                        fixed - factorials[both] - factorials[own - both] - factorials[other - both]
                        - factorials[rows - own - other + both]
                    sum +=
                        Double(both) / Double(rows) * log(Double(rows) * Double(both) / (Double(own) * Double(other)))
                        * exp(chance)
                }
            }
        }
        return sum
    }
}
