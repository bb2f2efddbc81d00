internal import Compute

/// What families ask for that find clusters of their own: how many there are to be, and rows that nobody has answered yet.
enum ClusterCount {
    /// The number without a name that a specification gives, as in `kmeans[10]`; nil for none.
    static func read(_ specification: Specification) throws -> Int? {
        let sizes = try specification.positionalIntegers()
        guard sizes.count <= 1 else {
            throw AttarError(
                .invalidSetting,
                "\(specification.name) takes one number of clusters, and '\(specification)' gives \(sizes.count)",
                remedy: "Write it as \(specification.name)[10]")
        }
        return sizes.first
    }

    /// Refuses a number that makes no clusters.
    static func check(_ clusters: Int, _ family: Family) throws {
        guard (2...10_000).contains(clusters) else {
            throw AttarError(
                .invalidSetting, "\(family.name) is to find \(clusters) clusters",
                remedy: "Give 2 to 10000, such as \(family.name)[10]")
        }
    }

    /// The rows that count, with their weights.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where labels or a teacher say what is right, or there are fewer different rows than clusters.
    static func rows(_ clusters: Int, in set: TransferSet, _ family: Family) throws -> (Matrix, [Float]) {
        guard set.task.kind == .clustering, set.teaching == nil else {
            throw AttarError(
                .invalidSetting,
                "\(family.name) finds clusters of its own, and learns neither from labels nor from a teacher",
                remedy:
                    "Make it the teacher, as in --task clustering --teacher '\(family.name)[10]', of a student such as tree or mlp"
            )
        }
        let counting = set.weights.indices.filter { set.weights[$0] > 0 }
        let isWhole = counting.count == set.count
        let rows = isWhole ? set.features : set.features.selecting(rows: counting)
        try require(clusters, rows: rows)
        return (rows, isWhole ? set.weights : counting.map { set.weights[$0] })
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
