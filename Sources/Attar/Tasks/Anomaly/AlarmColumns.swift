public import Compute

/// The columns behind scores: how likely so strange a row is among usual ones, and whether that raises an alarm.
public struct AlarmColumns: FurtherColumns {
    /// What p-values stand on.
    public let sets: PredictionSets
    /// The share of usual rows on which an alarm may be raised.
    public let share: Double
    /// What a reader has to know, in sentences.
    public let notes: [String]

    /// The share where nobody names one.
    public static let usualShare = 0.01

    /// Whether a model says how strange rows are, and its file keeps what alarms are told by.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a task that nobody has registered.
    public static func suit(_ artifact: Artifact, catalogue: Catalogue = .standard) throws -> Bool {
        try artifact.sets?.method == .tail
            && catalogue.task(artifact.model.task.kind).judging.evidence.contains(AlarmEvidence.key)
    }

    /// The columns of a model's scores.
    ///
    /// - Parameters:
    ///   - artifact: the model with the scores that its file keeps.
    ///   - name: what messages call it: its path.
    ///   - share: the share of false alarms that is promised, between 0 and 1; nil takes 1 % where the kept rows suffice, and says it where they do not.
    ///   - rows: rows that are new to the model, to take p-values from instead; nil for the file's.
    ///   - catalogue: the tasks that there are.
    /// - Throws: `AttarError`: `invalidSetting` where the model does not say how strange rows are, nothing is kept, or the rows are too few for the share; as reading labels does.
    public init(
        _ artifact: Artifact, named name: String, share: Double?, calibratedOn rows: Dataset? = nil,
        catalogue: Catalogue = .standard
    ) throws {
        let kind = artifact.model.task.kind
        guard try catalogue.task(kind).judging.evidence.contains(AlarmEvidence.key) else {
            throw AttarError(
                .invalidSetting, "'\(name)' answers a \(kind), and alarms are raised on anomalies",
                remedy: "Leave --false-alarms out")
        }
        guard let sets = try rows.map({ try Self.sets(of: artifact, on: $0, catalogue) }) ?? artifact.sets else {
            throw AttarError(
                .invalidSetting, "'\(name)' keeps no scores to tell alarms by",
                remedy: "Distil it again without --sets none, or give rows that it has not seen with --calibration DATA"
            )
        }
        let wanted = share ?? Self.usualShare
        let needed = ScoreQuantiles.rowsNeeded(coverage: 1 - wanted)
        let shortage =
            sets.rows < needed
            ? "at most \(PredictionSets.percent(wanted)) of false alarms can be promised on \(needed) held-out rows, and there are \(sets.rows)"
            : nil
        if let shortage, share != nil {
            throw AttarError(
                .invalidSetting, shortage,
                remedy:
                    "Allow \(PredictionSets.percent((1e4 / Double(sets.rows + 1)).rounded(.up) / 1e4)), or give more rows that the model has not seen with --calibration DATA"
            )
        }
        notes = shortage.map { ["No alarm is raised: \($0). --false-alarms names another share."] } ?? []
        (self.sets, self.share) = (sets, wanted)
    }

    /// What p-values stand on, from rows that are new to the model; known anomalies among them are left out.
    private static func sets(of artifact: Artifact, on rows: Dataset, _ catalogue: Catalogue) throws -> PredictionSets {
        let model = artifact.model
        var rows = rows
        if let name = artifact.metadata.target, rows.column(named: name) != nil {
            rows = try rows.taking(target: name, matching: model.task, catalogue: catalogue)
        }
        let seed = artifact.metadata.seed ?? 1
        let truth = rows.target?.truth ?? .none
        let scored = try ScoredRows(
            .tail, model.outputs(for: try model.encoder.encoded(rows)).matrix, truth, of: model.task,
            weights: rows.weights, seed: seed)
        return PredictionSets(scored, at: truth.quietRows, seed: seed)
    }

    /// Their names.
    public var names: [String] { ["pValue", "alarm"] }

    /// Their fields, row by row.
    public func fields(for outputs: Answers, features: Matrix, identifiers: [Int]) -> [[String]] {
        outputs.matrix.elements.map { score in
            let chance = sets.pValue(of: score)
            // Shares are kept as 32-bit floats.
            return ["\(Float(chance))", chance <= share + 1e-7 ? "1" : "0"]
        }
    }
}
