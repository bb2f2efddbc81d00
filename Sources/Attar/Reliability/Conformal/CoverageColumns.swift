public import Compute

/// The columns behind answers that hold the truth as often as is asked: a set of classes, or the ends of an interval.
public struct CoverageColumns: FurtherColumns {
    /// What makes the sets or intervals.
    public let sets: PredictionSets
    /// How often they are to hold the truth, between 0 and 1.
    public let coverage: Double
    /// What cannot be promised on so few rows, in sentences.
    public let notes: [String]

    /// The columns of a model's answers.
    ///
    /// - Parameters:
    ///   - artifact: the model with the thresholds that its file keeps.
    ///   - name: what messages call it: its path.
    ///   - coverage: between 0 and 1.
    ///   - rows: labelled rows, new to the model, to take thresholds from instead; nil for the file's.
    ///   - catalogue: the tasks that there are.
    /// - Throws: `AttarError`: `invalidSetting` where there are no thresholds or the rows do not suffice; as reading labels does.
    public init(
        _ artifact: Artifact, named name: String, coverage: Double, calibratedOn rows: Dataset? = nil,
        catalogue: Catalogue = .standard
    ) throws {
        let task = artifact.model.task
        guard try catalogue.task(task.kind).judging.evidence.contains(CoverageEvidence.key) else {
            throw AttarError(
                .invalidSetting, "'\(name)' answers with an \(task.kind), of which there are no sets or intervals",
                remedy: "Leave --coverage out")
        }
        let calibrated = try rows.map { try artifact.calibratedSets(on: $0) }
        guard let sets = calibrated?.sets ?? artifact.sets else {
            throw AttarError(
                .invalidSetting, "'\(name)' keeps no thresholds for sets or intervals",
                remedy: "Distil it again, or give labelled rows that it has not seen with --calibration DATA")
        }
        let shortage = sets.shortage(coverage: coverage)
        if let shortage, task.form != .probabilities {
            throw AttarError(
                .invalidSetting, shortage, remedy: "Ask for less, or give more labelled rows with --calibration DATA")
        }
        notes = (calibrated?.notes ?? []) + (shortage.map { ["\($0)."] } ?? [])
        (self.sets, self.coverage) = (sets, coverage)
    }

    /// Their names.
    public var names: [String] {
        if sets.task.form == .probabilities { return ["set"] }
        return sets.task.width == 1
            ? ["low", "high"] : sets.task.names.flatMap { ["low:\($0)", "high:\($0)"] }
    }

    /// Their fields, row by row.
    public func fields(for outputs: Answers, features: Matrix, identifiers: [Int]) -> [[String]] {
        if sets.task.form == .probabilities {
            return sets.sets(of: outputs, identifiers: identifiers, coverage: coverage).map { classes in
                [classes.map { sets.task.names[$0] }.joined(separator: "|")]
            }
        }
        let ends = sets.intervals(around: outputs, features: features, coverage: coverage)
        return (0..<ends.low.rows).map { row in
            (0..<ends.low.columns).flatMap { ["\(ends.low[row, $0])", "\(ends.high[row, $0])"] }
        }
    }
}
