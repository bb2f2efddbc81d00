/// Rows of which a teacher says which belong together: a model that clusters, or a column that holds what one has found.
public struct ClusterPosing: Posing {
    /// The posing of clusters.
    public init() {}

    /// Clusters are the teacher's, not the rows'.
    public var needsTarget: Bool { false }

    /// A column of clusters may be named: those of a teacher that cannot be asked.
    public var takesTarget: Bool { true }

    /// Clusters that some program has found.
    public var targetHoldsAnswers: Bool { true }

    /// Nothing is: clusters are asked for by name.
    public func isMeant(by columns: [Column]) -> Bool { false }

    /// Whether a name is that of no cluster, but of rows that belong to none: as HDBSCAN and DBSCAN write them.
    static func isNoise(_ name: String) -> Bool { ["-1", "-1.0", "noise"].contains(name.lowercased()) }

    /// The clusters of a column, numbers or names.
    public func target(
        _ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?
    ) throws -> Target {
        guard columns.count == 1, let (codes, names) = columns[0].asCategories() else {
            throw AttarError(
                .invalidTarget,
                "\(rows.source): clusters stand in one column of numbers or names, and '\(name)' is none",
                remedy: "Name one column")
        }
        let occurring = Set(codes).map { names[Int($0)] }
        if let task {
            let known = TruthWord.positions(of: names, among: task.names)
            let strange = codes.indices.filter { known[Int(codes[$0])] == nil }
            if let row = strange.first {
                throw ClusterCheck.unseen(
                    names[Int(codes[row])], in: rows, at: strange.filter { codes[$0] == codes[row] })
            }
        } else {
            try ClusterCheck.require(occurring, of: "the column '\(name)'", in: rows)
            if occurring.count * 2 > rows.count {
                throw AttarError(
                    .invalidTarget,
                    "\(rows.source): the column '\(name)' has \(occurring.count) clusters in \(rows.count) rows, which leaves nothing to belong together",
                    remedy: "Name the column of the clusters, or ask for fewer")
            }
        }
        let classes = try ClassPosing().target(
            name, from: columns, of: rows, matching: task.map { .classification($0.names) })
        return Target(name: classes.name, task: .clustering(classes.task.names), truth: classes.truth)
    }

    /// The rows, to be answered as the teacher does.
    public func problem(_ rows: Dataset, answeredAs task: LearningTask?) throws -> Problem {
        guard let task = rows.target?.task ?? task else {
            throw AttarError(
                .unusableTeacher, "which rows belong together only a teacher tells that clusters, and none is named",
                remedy:
                    "Name one, such as --teacher 'kmeans[10]', or the column of what another program has found: --teacher column:NAME"
            )
        }
        guard task.form == .probabilities else {
            throw AttarError(
                .unusableTeacher,
                "the teacher answers with numbers, and a clustering takes clusters or their probabilities",
                remedy:
                    "Name the output that tells the cluster with --teacher-output, and all clusters with --classes, such as 0,1,2"
            )
        }
        try ClusterCheck.require(task.names, of: "the teacher", in: rows)
        return Problem(task: .clustering(task.names), rows: rows, truth: .none, units: rows.keptTogether)
    }

    /// Clusters of a column are spread evenly.
    public func strata(of target: Target) -> [Int32] { target.labels }
}
