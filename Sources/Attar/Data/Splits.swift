internal import Compute

/// Cuts rows into training and test rows or into folds: the same share of every class, or of every range of the values.
///
/// Rows of one group, and copies of one row, are never parted; where rows have times, later ones are tested on. All randomness follows from the seed. Rows are given by their positions, in ascending order.
public enum Splits {
    /// Training and test rows.
    ///
    /// The classes of a classification keep their shares to within a row, and each keeps a training row; the values of a
    /// regression are cut at quantiles into up to ten ranges that keep theirs.
    ///
    /// - Parameter testFraction: the test rows' share, above 0 and below 1.
    /// - Throws: `AttarError` (`invalidSetting`) for a fraction out of range or fewer than two rows.
    public static func split(
        _ dataset: Dataset, testFraction: Double, seed: UInt64, catalogue: Catalogue = .standard
    ) throws -> (training: [Int], test: [Int]) {
        let strata = strata(of: dataset, catalogue: catalogue)
        if let time = dataset.time { return try later(time.ranks, testFraction: testFraction) }
        if let wholes = dataset.keptTogether {
            return try split(wholes: wholes, strata: strata, testFraction: testFraction, seed: seed)
        }
        return try split(strata: strata, testFraction: testFraction, seed: seed)
    }

    /// The rows in folds of equal size, to within a row or, where rows stay together, as near as that allows; each row is in one of them. Of rows with times a fold is a
    /// stretch of time.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for fewer than two folds or fewer rows than folds.
    public static func folds(
        of dataset: Dataset, count: Int = 5, seed: UInt64, catalogue: Catalogue = .standard
    ) throws -> [[Int]] {
        if let time = dataset.time { return try spans(time.ranks, count: count) }
        let strata = strata(of: dataset, catalogue: catalogue)
        if let wholes = dataset.keptTogether {
            return try folds(wholes: wholes, strata: strata, count: count, seed: seed)
        }
        return try folds(strata: strata, count: count, seed: seed)
    }

    /// Each row's stratum, as its task says: its class, the range that its first value falls into. 0 without a target.
    package static func strata(of dataset: Dataset, catalogue: Catalogue = .standard) -> [Int32] {
        let zeros = [Int32](repeating: 0, count: dataset.count)
        guard let target = dataset.target else { return zeros }
        // Targets are made by registered tasks; rows of any other are spread by chance.
        return catalogue.tasks[target.task.kind.rawValue]?.posing.strata(of: target) ?? zeros
    }

    /// Training and test rows by given strata.
    package static func split(
        strata: [Int32], testFraction: Double, seed: UInt64
    ) throws -> (training: [Int], test: [Int]) {
        try check(testFraction, rows: strata.count)
        let groups = shuffledGroups(strata, seed: seed, stream: "split")
        let wanted = min(strata.count - 1, max(1, Int((Double(strata.count) * testFraction).rounded())))
        let sizes = testSizes(of: groups.map(\.count), wanted: wanted, fraction: testFraction)
        var test: [Int] = []
        var training: [Int] = []
        for (group, size) in zip(groups, sizes) {
            test += group.prefix(size)
            training += group.dropFirst(size)
        }
        return (training.sorted(), test.sorted())
    }

    /// Folds by given strata.
    package static func folds(strata: [Int32], count: Int, seed: UInt64) throws -> [[Int]] {
        try check(folds: count, of: strata.count, "training rows")
        var folds = [[Int]](repeating: [], count: count)
        // Dealt like cards, on from where the group before ended: groups and folds both come out even to within a row.
        for (position, row) in shuffledGroups(strata, seed: seed, stream: "folds").joined().enumerated() {
            folds[position % count].append(row)
        }
        return folds.map { $0.sorted() }
    }

    /// Refuses a share that is none, and too few rows.
    static func check(_ testFraction: Double, rows: Int) throws {
        guard testFraction > 0 && testFraction < 1 else {
            throw AttarError(
                .invalidSetting, "The test rows' share \(testFraction) is not between 0 and 1", remedy: "Use 0.3")
        }
        guard rows >= 2 else {
            throw AttarError(
                .invalidSetting, "\(rows) rows cannot be cut into training and test rows", remedy: "Give more rows")
        }
    }

    /// Refuses more folds than there are parts to put into them.
    static func check(folds: Int, of parts: Int, _ name: String) throws {
        guard folds >= 2 && folds <= parts else {
            throw AttarError(
                .invalidSetting, "\(parts) \(name) cannot be cut into \(folds) folds",
                remedy: "Give more rows, or use at least 2 folds and no more than there are \(name)")
        }
    }

    /// The rows of each stratum in random order; strata in ascending order.
    private static func shuffledGroups(_ strata: [Int32], seed: UInt64, stream: String) -> [[Int]] {
        var generator = SeededGenerator(seed: seed, stream: stream)
        var groups: [Int32: [Int]] = [:]
        for (row, stratum) in strata.enumerated() { groups[stratum, default: []].append(row) }
        return groups.keys.sorted().map { (groups[$0] ?? []).shuffled(using: &generator) }
    }

    /// How many test rows each group gives: its share rounded down, and one more for those that lost most by rounding, as long
    /// as the sum allows. Each group keeps a row.
    private static func testSizes(of counts: [Int], wanted: Int, fraction: Double) -> [Int] {
        let shares = counts.map { Double($0) * fraction }
        var sizes = zip(counts, shares).map { min(Int($1), $0 - 1) }
        let order = counts.indices.sorted {
            (shares[$1] - Double(sizes[$1]), $0) < (shares[$0] - Double(sizes[$0]), $1)
        }
        var left = wanted - sizes.reduce(0, +)
        for group in order where left > 0 && sizes[group] < counts[group] - 1 {
            sizes[group] += 1
            left -= 1
        }
        return sizes
    }
}
