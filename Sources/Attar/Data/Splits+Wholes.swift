internal import Compute

extension Splits {
    /// Training and test rows of which none of one whole are parted: as near to the test rows' share, of every stratum, as the wholes' sizes allow.
    ///
    /// - Parameter wholes: what each row belongs to.
    /// - Throws: `AttarError` (`invalidSetting`) for a fraction out of range or a single whole.
    package static func split(
        wholes: [Int32], strata: [Int32], testFraction: Double, seed: UInt64
    ) throws -> (training: [Int], test: [Int]) {
        try check(testFraction, rows: wholes.count)
        let parts = try dealt(
            wholes, strata, shares: [1 - testFraction, testFraction], seed: seed, stream: "split", "parts")
        return (parts[0], parts[1])
    }

    /// Folds of which none parts a whole.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for fewer than two folds or fewer wholes than folds.
    package static func folds(
        wholes: [Int32], strata: [Int32], count: Int, seed: UInt64
    ) throws -> [[Int]] {
        try check(folds: count, of: Set(wholes).count, "groups or different rows")
        return try dealt(
            wholes, strata, shares: [Double](repeating: 1 / Double(count), count: count), seed: seed, stream: "folds",
            "folds")
    }

    /// Training rows, and the later test rows. Rows of one time are not parted.
    ///
    /// - Parameter ranks: each row's place in time.
    /// - Throws: `AttarError` (`invalidSetting`) for a fraction out of range or a single time.
    package static func later(_ ranks: [Int32], testFraction: Double) throws -> (training: [Int], test: [Int]) {
        try check(testFraction, rows: ranks.count)
        let order = ranks.sorted()
        let wanted = min(order.count - 1, max(1, Int((Double(order.count) * testFraction).rounded())))
        // The first time of the test: that of the row that the share asks for, or the next, so that something is left to learn from.
        guard let least = order.first, let border = order[(order.count - wanted)...].first(where: { $0 > least })
        else {
            throw AttarError(
                .invalidSetting, "all rows have one time, so there are no later ones to test on",
                remedy: "Leave --time out")
        }
        return (ranks.indices.filter { ranks[$0] < border }, ranks.indices.filter { ranks[$0] >= border })
    }

    /// Folds that are stretches of time of about as many rows. Rows of one time are not parted.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for fewer than two folds or fewer times than folds.
    package static func spans(_ ranks: [Int32], count: Int) throws -> [[Int]] {
        let times = Set(ranks).sorted()
        try check(folds: count, of: times.count, "times")
        var rows: [Int32: [Int]] = [:]
        for (row, rank) in ranks.enumerated() { rows[rank, default: []].append(row) }
        var (folds, taken) = ([[Int]](repeating: [], count: count), 0)
        var fold = 0
        for (place, time) in times.enumerated() {
            let own = rows[time] ?? []
            // On to the next where this one has its share, and in time for each to have a time of its own.
            let isFull = (taken + own.count / 2) * count >= (fold + 1) * ranks.count
            if !folds[fold].isEmpty, fold < count - 1, isFull || times.count - place <= count - 1 - fold {
                fold += 1
            }
            folds[fold] += own
            taken += own.count
        }
        return folds.map { $0.sorted() }
    }

    /// Wholes dealt to parts of given shares, each to the part that lacks most of what it holds: the largest first, equally large ones in random order.
    private static func dealt(
        _ wholes: [Int32], _ strata: [Int32], shares: [Double], seed: UInt64, stream: String, _ name: String
    ) throws -> [[Int]] {
        var members: [Int32: [Int]] = [:]
        for (row, whole) in wholes.enumerated() { members[whole, default: []].append(row) }
        guard members.count >= shares.count else {
            throw AttarError(
                .invalidSetting, "\(members.count) groups cannot be cut into \(shares.count) \(name)",
                remedy: "Name a column with more groups")
        }
        var generator = SeededGenerator(seed: seed, stream: stream)
        let shuffled = members.keys.sorted().shuffled(using: &generator).map { members[$0] ?? [] }
        let order = shuffled.indices.sorted { (shuffled[$1].count, $0) < (shuffled[$0].count, $1) }
        let numbers = Dictionary(uniqueKeysWithValues: Set(strata).sorted().enumerated().map { ($1, $0) })
        var totals = [Double](repeating: 0, count: numbers.count)
        for stratum in strata { totals[numbers[stratum] ?? 0] += 1 }
        var parts = [[Int]](repeating: [], count: shares.count)
        var filled = [[Double]](repeating: [Double](repeating: 0, count: totals.count), count: shares.count)
        for (place, index) in order.enumerated() {
            var counts: [Int: Double] = [:]
            for row in shuffled[index] { counts[numbers[strata[row]] ?? 0, default: 0] += 1 }
            // What the squares of the parts' distances from their shares, over the strata, would grow by.
            func growth(_ part: Int) -> Double {
                counts.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
                    let (more, have) = (entry.value / totals[entry.key], filled[part][entry.key] / totals[entry.key])
                    return sum + more * (2 * (have - shares[part]) + more)
                }
            }
            // None stays empty: the last wholes go where there is nothing yet.
            let empty = parts.indices.filter { parts[$0].isEmpty }
            let open = order.count - place <= empty.count ? empty : Array(parts.indices)
            guard let best = open.min(by: { growth($0) < growth($1) }) else { continue }
            parts[best] += shuffled[index]
            for (stratum, count) in counts { filled[best][stratum] += count }
        }
        return parts.map { $0.sorted() }
    }
}
