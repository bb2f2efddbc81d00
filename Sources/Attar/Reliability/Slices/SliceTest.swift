internal import CKernels
internal import Compute
internal import Foundation

/// Tests all slices at once for losses that are higher in them than elsewhere, corrected for the number of slices.
///
/// Westfall and Young, "Resampling-Based Multiple Testing" (1993): the losses are dealt to the rows anew, again and again; each time every slice gets its
/// one-sided p-value, and the smallest is kept. A slice's corrected p-value is the share of deals whose smallest is as small as the slice's own. Slices that
/// overlap or can hardly reach a small p-value cost little, unlike with Bonferroni's correction.
///
/// The p-value of one slice is exact for losses of 1, 0 and −1 (`SignedHypergeometric`), and the normal one of the sum of ranks for others. It is multiplied
/// by the number of slices in its family, so that many ranges of numbers do not drown a few classes.
struct SliceTest {
    /// Each row's slice in each partition, row by row: (rows, partitions); the number of slices for none.
    private let memberships: [UInt16]
    private let partitions: Int
    private let rows: Int
    /// Rows of each slice.
    private let sizes: [Int]
    /// What each slice's p-value is multiplied by.
    private let factors: [Double]
    private let seed: UInt64
    private let threads: Int

    /// How unlikely the losses of one slice are.
    struct Result: Sendable {
        /// The p-value of the slice alone, times the slices of its family.
        let own: Double
        /// The p-value corrected for all slices.
        let corrected: Double

        /// Of a slice about which nothing is known.
        static let none = Result(own: 1, corrected: 1)
    }

    /// Deals of the losses.
    static let deals = 2_000
    /// Deals that share a stream of random numbers: the result does not depend on the number of threads.
    private static let block = 100

    /// - Parameters:
    ///   - memberships: for each partition each row's slice, −1 for none.
    ///   - families: each slice's family.
    /// - Precondition: fewer than 65,535 slices.
    init(memberships: [[Int32]], families: [Int], rows: Int, seed: UInt64, threads: Int) {
        let slices = families.count
        precondition(slices < Int(UInt16.max), "slices have short numbers")
        partitions = memberships.count
        var table = [UInt16](repeating: UInt16(slices), count: rows * memberships.count)
        var sizes = [Int](repeating: 0, count: slices + 1)
        for (partition, codes) in memberships.enumerated() {
            for row in 0..<rows where codes[row] >= 0 {
                table[row * memberships.count + partition] = UInt16(codes[row])
                sizes[Int(codes[row])] += 1
            }
        }
        self.memberships = table
        self.sizes = Array(sizes.dropLast())
        var counts: [Int: Int] = [:]
        for family in families { counts[family, default: 0] += 1 }
        factors = families.map { Double(counts[$0] ?? 1) }
        (self.rows, self.seed, self.threads) = (rows, seed, threads)
    }

    /// Tests losses of 1, 0 and −1.
    func results(losses: [Int8]) -> [Result] {
        let marked = losses.indices.filter { losses[$0] != 0 }
        let plus = marked.count { losses[$0] > 0 }
        let minus = marked.count - plus
        guard plus > 0, !sizes.isEmpty else { return sizes.map { _ in .none } }
        let distribution = SignedHypergeometric(rows: rows, plus: plus, minus: minus)
        let different = Array(Set(sizes)).sorted()
        let tails = side(different.count) { distribution.tails(drawing: different[$0]) }
        let table = Dictionary(uniqueKeysWithValues: zip(different, tails))
        let own = sizes.map { table[$0] ?? [] }
        @Sendable func values(_ net: [Int32]) -> [Double] {
            own.indices.map { own[$0][Int(net[$0]) + minus] * factors[$0] }
        }
        let signs = marked.filter { losses[$0] > 0 } + marked.filter { losses[$0] < 0 }
        let observed = values(net(of: signs.map { Int32($0) }, plus: plus))
        let smallest = dealt { generator, deals in
            // The order of the last deal in which a row was drawn, so that no row is drawn twice.
            var last = [Int32](repeating: -1, count: rows)
            var drawn = [Int32](repeating: 0, count: plus + minus)
            return (0..<deals).map { deal in
                for index in drawn.indices {
                    var row = generator.index(below: rows)
                    while last[row] == Int32(deal) { row = generator.index(below: rows) }
                    last[row] = Int32(deal)
                    drawn[index] = Int32(row)
                }
                return smallestValue(own, net(of: drawn, plus: plus), minus)
            }
        }
        return corrected(observed, smallest)
    }

    /// The sum of the losses in each slice, and in none, where the first of some rows lose 1 and the others win 1.
    private func net(of drawn: [Int32], plus: Int) -> [Int32] {
        var net = [Int32](repeating: 0, count: sizes.count + 1)
        attar_deal_to_slices(drawn, plus, drawn.count, memberships, partitions, &net)
        return net
    }

    private func smallestValue(_ tails: [[Double]], _ net: [Int32], _ minus: Int) -> Double {
        var smallest = Double.infinity
        for slice in tails.indices {
            let value = tails[slice][Int(net[slice]) + minus] * factors[slice]
            if value < smallest { smallest = value }
        }
        return smallest
    }

    /// Tests losses of any size, by their ranks.
    func results(ranking losses: [Float]) -> [Result] {
        guard rows > 1, !sizes.isEmpty else { return sizes.map { _ in .none } }
        let ranks = RankCorrelation.ranks(of: losses)
        let centre = Double(rows - 1) / 2
        let scores = ranks.map { Float(($0 - centre) / Double(rows)) }
        let variance = scores.reduce(0) { $0 + Double($1) * Double($1) } / Double(rows)
        guard variance > 0 else { return sizes.map { _ in .none } }
        let deviations = sizes.map { size in
            (variance * Double(size) * Double(rows - size) / Double(rows - 1)).squareRoot()
        }
        @Sendable func values(_ sums: [Float]) -> [Double] {
            sizes.indices.map { slice in
                deviations[slice] > 0
                    ? 0.5 * erfc(Double(sums[slice]) / deviations[slice] / 2.0.squareRoot()) * factors[slice]
                    : factors[slice]
            }
        }
        @Sendable func sums(_ scores: [Float]) -> [Float] {
            var sums = [Float](repeating: 0, count: sizes.count + 1)
            for row in 0..<rows {
                for place in row * partitions..<(row + 1) * partitions { sums[Int(memberships[place])] += scores[row] }
            }
            return sums
        }
        let smallest = dealt { generator, deals in
            var scores = scores
            return (0..<deals).map { _ in
                scores.shuffle(using: &generator)
                return values(sums(scores)).min() ?? 1
            }
        }
        return corrected(values(sums(scores)), smallest)
    }

    // MARK: Deals

    /// The smallest values of all deals, sorted.
    private func dealt(_ make: @escaping @Sendable (inout SeededGenerator, Int) -> [Double]) -> [Double] {
        side(Self.deals / Self.block) { block in
            var generator = SeededGenerator(seed: seed, stream: "slices \(block)")
            return make(&generator, Self.block)
        }.flatMap { $0 }.sorted()
    }

    /// (1 + deals that are as small) / (1 + deals).
    private func corrected(_ observed: [Double], _ smallest: [Double]) -> [Result] {
        observed.map { value in
            // Sums in another order may differ in the last digits.
            let bound = value * (1 + 1e-9)
            var (low, high) = (0, smallest.count)
            while low < high {
                let middle = (low + high) / 2
                if smallest[middle] <= bound { low = middle + 1 } else { high = middle }
            }
            return Result(own: value, corrected: Double(1 + low) / Double(1 + smallest.count))
        }
    }

    /// Values made side by side by something that does not fail.
    private func side<Value: Sendable>(_ count: Int, _ make: @escaping @Sendable (Int) -> Value) -> [Value] {
        (try? concurrently(count, threads: threads, make: make)) ?? []
    }
}
