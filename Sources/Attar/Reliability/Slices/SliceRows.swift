/// The slices that are large enough to be looked at, and the rows in each.
struct SliceRows: Sendable {
    /// One slice.
    struct Entry: Sendable {
        let name: String
        let kind: SliceEvidence.Kind
        /// Positions of its rows.
        let rows: [Int]
    }

    /// The slices, in the order of their numbers.
    private(set) var entries: [Entry] = []
    /// For each partition that gives slices, each row's slice, −1 for none.
    private(set) var memberships: [[Int32]] = []

    /// The most slices that are looked at.
    private static let most = 20_000

    /// The groups of partitions that have the fewest rows or more, and not all rows: then there would be no elsewhere.
    init(_ partitions: [RowPartition], fewest: Int, of rows: Int) {
        for partition in partitions where entries.count < Self.most {
            let counts = partition.counts
            let kept = counts.indices.filter { (fewest..<max(fewest, rows)).contains(counts[$0]) }
            guard !kept.isEmpty else { continue }
            var numbers = [Int32](repeating: -1, count: counts.count)
            var members = counts.map { _ in [Int]() }
            for (number, group) in kept.enumerated() {
                numbers[group] = Int32(entries.count + number)
                members[group].reserveCapacity(counts[group])
            }
            for (row, code) in partition.codes.enumerated() where code >= 0 && numbers[Int(code)] >= 0 {
                members[Int(code)].append(row)
            }
            memberships.append(partition.codes.map { $0 < 0 ? -1 : numbers[Int($0)] })
            entries += kept.map { Entry(name: partition.names[$0], kind: partition.kind, rows: members[$0]) }
        }
    }

    /// A test on these slices, at the given rows; nil for all. Ranges of numbers and pairs of columns are one family, all others another.
    func test(at positions: [Int]?, of rows: Int, seed: UInt64, threads: Int) -> SliceTest {
        SliceTest(
            memberships: positions.map { positions in memberships.map { codes in positions.map { codes[$0] } } }
                ?? memberships,
            families: entries.map { [.range, .pair].contains($0.kind) ? 1 : 0 }, rows: positions?.count ?? rows,
            seed: seed, threads: threads)
    }
}
