internal import ArgumentParser
internal import Attar

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
    /// - Parameter reading: how rows for the model are read.
    /// - Throws: as making them and reading rows does.
    func columns(
        _ artifact: Artifact, named name: String, reading: ReadingOptions, progress: @escaping ProgressHandler
    ) throws -> CoverageColumns? {
        guard let share else { return nil }
        let rows = try calibration.map {
            try Dataset.read($0, options: reading, progress: progress)
        }
        return try CoverageColumns(artifact, named: name, coverage: share, calibratedOn: rows)
    }
}
