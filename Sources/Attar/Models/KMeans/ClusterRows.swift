internal import Compute

/// The rows that clusters are found in.
enum ClusterRows {
    /// The rows that count, with their weights.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where labels or a teacher say what is right, or there are fewer different rows than clusters.
    static func rows(_ clusters: Int, in set: TransferSet, _ family: Family) throws -> (Matrix, [Float]) {
        let rows = try UntaughtRows(set, of: family, for: .clustering, example: "\(family.name)[10]")
        try require(clusters, rows: rows.features)
        return (rows.features, rows.weights)
    }

    private static func require(_ clusters: Int, rows: Matrix) throws {
        var kinds: Set<[Float]> = []
        for row in 0..<rows.rows {
            kinds.insert(Array(rows.row(row)))
            if kinds.count >= clusters { return }
        }
        throw AttarError(
            .invalidSetting,
            "\(clusters) clusters are asked for, and there are \(kinds.count) different rows to find them in",
            remedy: "Ask for fewer clusters, or give more rows")
    }
}
