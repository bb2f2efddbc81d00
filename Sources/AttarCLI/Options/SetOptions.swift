internal import ArgumentParser
internal import Attar
internal import Compute

/// What else predictions are to hold: sets of classes, or intervals, at a coverage.
struct SetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Also write sets of classes, or intervals, that hold the truth this often, such as .9 or 90%.",
            valueName: "share"))
    var coverage: String?

    @Option(
        help: ArgumentHelp(
            "Labelled rows, new to the model, to take the thresholds of --coverage from instead of the model's file.",
            valueName: "data"))
    var calibration: String?

    /// The coverage as a share, where one is asked for.
    var share: Double? {
        guard let coverage else { return nil }
        let isPercent = coverage.hasSuffix("%")
        let number = Double(isPercent ? String(coverage.dropLast()) : coverage)
        return number.map { isPercent ? $0 / 100 : $0 }
    }

    func validate() throws {
        if calibration != nil, coverage == nil {
            throw ValidationError("--calibration needs --coverage, such as --coverage .9.")
        }
        guard let coverage else { return }
        guard let share, share > 0, share < 1 else {
            throw ValidationError("--coverage is \(coverage), but must lie between 0 and 1, such as .9 or 90%.")
        }
    }

    /// Refuses a model that keeps no thresholds and cannot be given any.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func refuse(_ model: String) throws {
        guard coverage != nil else { return }
        throw AttarError(
            .invalidSetting, "'\(model)' is not an .attar file, and only those can answer with a coverage",
            remedy: "Distil it, and predict with the student")
    }

    /// The columns to write; nil where no coverage is asked for.
    ///
    /// - Throws: `AttarError`: `invalidSetting` where the file keeps no thresholds or the rows do not suffice; as reading rows does.
    func chosen(
        _ artifact: Artifact, named name: String, progress: @escaping ProgressHandler
    ) throws -> CoverageColumns? {
        guard let share else { return nil }
        let task = artifact.model.task
        guard try Catalogue.standard.task(task.kind).judging.evidence.contains(CoverageEvidence.key) else {
            throw AttarError(
                .invalidSetting, "'\(name)' answers with an \(task.kind), of which there are no sets or intervals",
                remedy: "Leave --coverage out")
        }
        let sets = try calibration.map { try calibrated(artifact, on: $0, progress: progress) } ?? artifact.sets
        guard let sets else {
            throw AttarError(
                .invalidSetting, "'\(name)' keeps no thresholds for sets or intervals",
                remedy: "Distil it again, or give labelled rows that it has not seen with --calibration DATA")
        }
        if let shortage = sets.shortage(coverage: share) {
            guard task.form == .probabilities else {
                throw AttarError(
                    .invalidSetting, shortage,
                    remedy: "Ask for less, or give more labelled rows with --calibration DATA")
            }
            Console.note("note: \(shortage).")
        }
        return CoverageColumns(sets: sets, coverage: share)
    }

    private func calibrated(
        _ artifact: Artifact, on path: String, progress: @escaping ProgressHandler
    ) throws -> PredictionSets {
        guard let target = artifact.metadata.target else {
            throw AttarError(
                .invalidSetting, "the model's file does not say which column it answers",
                remedy: "Distil it again with --target")
        }
        let model = artifact.model
        let rows = try Dataset.read(
            path, options: ReadingOptions(types: model.encoder.schema), progress: progress
        ).taking(target: target, matching: model.task)
        guard let truth = rows.target else {
            throw AttarError(.invalidTarget, "'\(path)' has no column '\(target)'")
        }
        let features = try model.encoder.encoded(rows)
        return PredictionSets(
            try ScoredRows(
                artifact.sets.map(\.method).flatMap { $0 == .cqr ? nil : $0 }
                    ?? SetMethod.suited(to: model.task.form)[0],
                model.outputs(for: features).matrix, truth.truth, of: model.task, seed: artifact.metadata.seed ?? 1),
            seed: artifact.metadata.seed ?? 1)
    }
}

/// The columns behind the answers that hold sets or intervals.
struct CoverageColumns {
    let sets: PredictionSets
    let coverage: Double

    /// Their names.
    var names: [String] {
        if sets.task.form == .probabilities { return ["set"] }
        return sets.task.width == 1
            ? ["low", "high"] : sets.task.names.flatMap { ["low:\($0)", "high:\($0)"] }
    }

    /// Their fields, row by row.
    func fields(for outputs: Answers, features: Matrix, identifiers: [Int]) -> [[String]] {
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
