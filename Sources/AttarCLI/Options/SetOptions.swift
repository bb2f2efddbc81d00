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
            "Of anomalies, raise an alarm on at most this share of usual rows, such as 1% or .01; 1% by default.",
            valueName: "share"))
    var falseAlarms: String?

    @Option(
        help: ArgumentHelp(
            "Rows, new to the model, to take the thresholds of --coverage or --false-alarms from instead of the model's file; for --coverage labelled ones.",
            valueName: "data"))
    var calibration: String?

    /// The coverage as a share, where one is asked for.
    var share: Double? { coverage.flatMap(Self.share) }

    /// The share of false alarms, where one is asked for.
    var alarmShare: Double? { falseAlarms.flatMap(Self.share) }

    private static func share(_ text: String) -> Double? {
        let isPercent = text.hasSuffix("%")
        let number = Double(isPercent ? String(text.dropLast()) : text)
        return number.map { isPercent ? $0 / 100 : $0 }
    }

    func validate() throws {
        if calibration != nil, coverage == nil, falseAlarms == nil {
            throw ValidationError(
                "--calibration needs --coverage, such as --coverage .9, or of anomalies --false-alarms 1%.")
        }
        for (flag, text, example) in [
            ("coverage", coverage, ".9 or 90%"), ("false-alarms", falseAlarms, ".01 or 1%"),
        ] {
            guard let text else { continue }
            guard let share = Self.share(text), share > 0, share < 1 else {
                throw ValidationError("--\(flag) is \(text), but must lie between 0 and 1, such as \(example).")
            }
        }
        if coverage != nil, falseAlarms != nil {
            throw ValidationError("--coverage is about labels, and --false-alarms about anomalies: leave one out.")
        }
    }

    /// Refuses a model that keeps no thresholds and cannot be given any.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func refuse(_ model: String) throws {
        guard coverage != nil || falseAlarms != nil else { return }
        throw AttarError(
            .invalidSetting, "'\(model)' is not an .attar file, and only those can answer with a promise",
            remedy: "Distil it, and predict with the student")
    }

    /// The columns to write behind answers; nil for none.
    ///
    /// - Parameter reading: how rows for the model are read.
    /// - Throws: as making them and reading rows does.
    func columns(
        _ artifact: Artifact, named name: String, reading: ReadingOptions, progress: @escaping ProgressHandler
    ) throws -> (any FurtherColumns)? {
        let rows = try calibration.map {
            try Dataset.read($0, options: reading, progress: progress)
        }
        if let share { return try CoverageColumns(artifact, named: name, coverage: share, calibratedOn: rows) }
        guard try falseAlarms != nil || AlarmColumns.suit(artifact) else { return nil }
        return try AlarmColumns(artifact, named: name, share: alarmShare, calibratedOn: rows)
    }
}
