internal import ArgumentParser
internal import Attar

/// `attar predict`: a model's answers as CSV.
struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Write a model's answer to each row as CSV.",
        discussion: """
            Columns are row, the row's position in DATA from 0; prediction; and for classes probability:<class>. A model in \
            another format (.onnx, or trees of XGBoost and LightGBM) answers as it would as a teacher.

            With --coverage .9 further columns hold the truth nine times in ten: set, the classes that are likely enough, joined by |; \
            or low and high, the ends of an interval. Of anomalies the columns are row, score, pValue, how likely so strange a row is among usual ones, \
            and alarm, 1 where that is no more than --false-alarms allows.

            EXAMPLES
              attar predict new.csv --model student.attar --out predictions.csv
              attar predict new.csv --model detector.attar --false-alarms 1% --out alarms.csv
            """)

    @Argument(help: .data("Rows"))
    var data: String

    @Option(help: ArgumentHelp("The file of the model, .attar or another.", valueName: "file"))
    var model: String

    @Option(help: ArgumentHelp("Where the answers go; standard output by default.", valueName: "file"))
    var out: String?

    @OptionGroup var sets: SetOptions

    @Flag(
        help: """
            Ignore columns that the model was not trained on. A model without names for its columns gets the first ones.
            """)
    var allowExtraColumns = false

    @OptionGroup(title: "Reading") var reading: SettingOptions<ReadingSelection>
    @OptionGroup(title: "Models in other formats") var asking: TeacherOptions
    @OptionGroup var run: RunOptions

    func validate() throws {
        try sets.validate()
        if run.json, out == nil {
            throw ValidationError("--json needs --out: the answers would go to standard output, too.")
        }
    }

    func run() async throws {
        let source = try? TeacherSource(model)
        let isForeign = source?.isForeignModel ?? false
        if isForeign { try sets.refuse(model) }
        let artifact = isForeign ? nil : try TeacherSource.artifact(model)
        var settings = TeacherSettings()
        try asking.override(&settings)
        try OutputPaths.check([out], inputs: [data, model])
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        settings.allowsExtraColumns = allowExtraColumns
        var options = try reading.reading(for: artifact?.model.encoder)
        options.add(literals: artifact == nil ? source?.categories ?? [:] : [:])
        let rows = try Dataset.read(data, options: options, progress: display.handler)
        for note in rows.notes { Console.note("note: \(note).") }
        let predictions: Predictions
        if let artifact {
            if !allowExtraColumns { try artifact.checkColumns(of: rows) }
            predictions = try Predictions(
                of: artifact.model,
                further: sets.columns(artifact, named: model, reading: options, progress: display.handler))
        } else {
            predictions = try Predictions(of: TeacherSource(model).teacher(for: rows, settings: settings))
        }
        for note in predictions.notes { Console.note("note: \(note)") }
        let file = try out.map { try OutputFile($0) } ?? OutputFile.standardOutput()
        try await predictions.write(rows, progress: display.handler) { bytes in
            try file.append(out == nil ? Console.result(bytes) : bytes)
        }
        try file.finish()
        display.clear()
        if let out { Console.note("wrote \(out): \(rows.count) rows") }
        if run.json {
            try Console.print(json: .object(["rows": .number(Double(rows.count))]).adding(["out": out]))
        }
    }
}
