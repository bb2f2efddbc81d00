internal import Compute

/// The slices of a set of rows: every class, every category, every quarter of a number, pairs of the two strongest columns, and rare rows.
struct SliceCandidates {
    /// What the slices come from.
    let partitions: [RowPartition]
    /// What has to be known besides, in sentences.
    let notes: [String]

    /// The most columns that are cut into slices.
    static let mostColumns = 256
    /// Classes and categories that fewer than this share of the rows have are rare.
    static let rareShare = 0.05
    /// The share of rows that lie farthest from the middle of all.
    static let farShare = 0.1

    /// - Parameters:
    ///   - distances: how far each row lies from the middle of all; nil where that is not known.
    ///   - kinds: the kinds of data, which know how their columns are parted.
    init(_ problem: Problem, distances: [Float]?, kinds: Registry<DataKind>) {
        var partitions: [RowPartition] = []
        var notes: [String] = []
        let byClass = RowPartition.byClass(problem.truth, of: problem.task)
        partitions += byClass.map { [$0] } ?? []
        var columns = problem.rows.columns.compactMap { RowPartition.of($0, kinds: kinds) }
        var strengths = columns.map { $0.association(with: problem.truth, of: problem.task) }
        if columns.count > Self.mostColumns {
            let kept = Self.order(strengths).prefix(Self.mostColumns).sorted()
            notes.append(
                "Of \(columns.count) columns the \(Self.mostColumns) that tell most of the target were cut into slices."
            )
            (columns, strengths) = (kept.map { columns[$0] }, kept.map { strengths[$0] })
        }
        partitions += columns
        let strongest = Self.order(strengths).prefix(2).sorted()
        if strongest.count == 2 {
            partitions.append(columns[strongest[0]].paired(with: columns[strongest[1]]))
        }
        if let far = distances.flatMap(Self.far) { partitions.append(far) }
        if let rare = Self.rareValues((byClass.map { [$0] } ?? []) + columns.filter { $0.kind == .category }) {
            partitions.append(rare)
        }
        (self.partitions, self.notes) = (partitions, notes)
    }

    /// Positions by falling strength.
    private static func order(_ strengths: [Double]) -> [Int] {
        strengths.indices.sorted { (strengths[$1], $0) < (strengths[$0], $1) }
    }

    /// The tenth of the rows that lie farthest away.
    private static func far(_ distances: [Float]) -> RowPartition? {
        let count = Int(Double(distances.count) * farShare)
        guard count > 0 else { return nil }
        var codes = [Int32](repeating: RowPartition.none, count: distances.count)
        for row in distances.indices.sorted(by: { (distances[$1], $0) < (distances[$0], $1) }).prefix(count) {
            codes[row] = 0
        }
        return RowPartition(
            kind: .rare, subject: "distance", names: ["the tenth of the rows farthest from the others"],
            codes: codes)
    }

    /// Rows of a rare class, or with a rare category, in any column.
    private static func rareValues(_ partitions: [RowPartition]) -> RowPartition? {
        var codes: [Int32]?
        for partition in partitions {
            let most = rareShare * Double(partition.codes.count)
            let isRare = partition.counts.map { Double($0) < most && $0 > 0 }
            guard isRare.contains(true) else { continue }
            var own = codes ?? [Int32](repeating: RowPartition.none, count: partition.codes.count)
            for (row, code) in partition.codes.enumerated() where code >= 0 && isRare[Int(code)] { own[row] = 0 }
            codes = own
        }
        return codes.map {
            RowPartition(
                kind: .rare, subject: "rarity", names: ["rows of a class or category that fewer than 5 % have"],
                codes: $0)
        }
    }
}
