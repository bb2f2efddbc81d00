internal import Compute

/// How well one number tells strange rows from usual ones: strange ones should have a higher one.
package struct ReceiverOperatingCharacteristic: Sendable {
    /// Whether a row is strange, by rising score.
    private let isStrange: [Bool]
    /// Each row's position among its kind, in the same order.
    private let positions: [Int]
    /// Whether the score is the same as the one before.
    private let isTied: [Bool]
    private let usual: Int
    private let strange: Int

    /// - Precondition: both are finite.
    package init(usual: [Float], strange: [Float]) {
        let all = usual + strange
        let order = all.indices.sorted { (all[$0], $0) < (all[$1], $1) }
        isStrange = order.map { $0 >= usual.count }
        positions = order.map { $0 >= usual.count ? $0 - usual.count : $0 }
        isTied = order.indices.map { $0 > 0 && all[order[$0]] == all[order[$0 - 1]] }
        (self.usual, self.strange) = (usual.count, strange.count)
    }

    /// The chance that a strange row has a higher score than a usual one, equal ones counted half, with its 95 % interval from 500 bootstrap replicates of
    /// both kinds. 0.5 where there are none of a kind.
    package func area(seed: UInt64) -> Estimate {
        guard usual > 0, strange > 0 else { return Estimate(value: 0.5, low: 0, high: 1) }
        var generator = SeededGenerator(seed: seed, stream: "strange rows")
        let value = area(
            [Int32](repeating: 1, count: usual), [Int32](repeating: 1, count: strange))
        let replicates = (0..<500).map { _ in
            var counts = ([Int32](repeating: 0, count: usual), [Int32](repeating: 0, count: strange))
            for _ in 0..<usual { counts.0[generator.index(below: usual)] += 1 }
            for _ in 0..<strange { counts.1[generator.index(below: strange)] += 1 }
            return area(counts.0, counts.1)
        }
        return Estimate(value: value, replicates: replicates)
    }

    /// The area where rows count as often as given.
    private func area(_ usualCounts: [Int32], _ strangeCounts: [Int32]) -> Double {
        // Twice the pairs that are in order, ties counted once.
        var (pairs, below, tiedUsual, tiedStrange): (Int, Int, Int, Int) = (0, 0, 0, 0)
        for place in isStrange.indices {
            if !isTied[place] {
                pairs += tiedStrange * (2 * below + tiedUsual)
                below += tiedUsual
                (tiedUsual, tiedStrange) = (0, 0)
            }
            if isStrange[place] {
                tiedStrange += Int(strangeCounts[positions[place]])
            } else {
                tiedUsual += Int(usualCounts[positions[place]])
            }
        }
        pairs += tiedStrange * (2 * below + tiedUsual)
        return Double(pairs) / (2 * Double(usual) * Double(strange))
    }

    /// The share of usual rows whose score is at least the highest one that at least a given share of the strange rows reach. 1 where there are none of a
    /// kind.
    package func falsePositiveRate(atTruePositiveRate share: Double) -> Double {
        guard usual > 0, strange > 0 else { return 1 }
        let wanted = Int((share * Double(strange)).rounded(.up))
        var (reached, alarms) = (0, 0)
        // From the highest score down, all rows of one score together.
        for place in isStrange.indices.reversed() {
            if isStrange[place] { reached += 1 } else { alarms += 1 }
            if reached >= wanted, !isTied[place] { break }
        }
        return Double(alarms) / Double(usual)
    }
}
