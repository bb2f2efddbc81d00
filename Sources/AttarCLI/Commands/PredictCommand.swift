internal import ArgumentParser
internal import Attar
internal import Compute

/// `attar predict`: a model's answers as CSV.
struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Write a model's answer to each row as CSV.",
        discussion: """
            Columns are row, the row's position in DATA from 0; prediction; and for classes probability:<class>. A model in \
            another format (.onnx, or trees of XGBoost and LightGBM) answers as it would as a teacher.

            With --coverage .9 further columns hold the truth nine times in ten: set, the classes that are likely enough, joined by | \
            and empty where none is; or low and high, the ends of an interval.

            EXAMPLE
              attar predict new.csv --model student.attar --out predictions.csv
            """)

    @Argument(help: .data("Rows"))
    var data: String

    @Option(help: ArgumentHelp("The file of the model, .attar or another.", valueName: "file"))
    var model: String

    @Option(help: ArgumentHelp("Where the answers go; standard output by default.", valueName: "file"))
    var out: String?

    @OptionGroup var sets: SetOptions

    @Flag(help: "Ignore columns that the model was not trained on.")
    var allowExtraColumns = false

    @OptionGroup(title: "Models in other formats") var asking: TeacherOptions
    @OptionGroup var run: RunOptions

    /// Rows that are answered together: enough to keep matrix products busy, few enough to stay small in memory.
    private static let blockRows = 16_384

    func validate() throws {
        try sets.validate()
        if run.json, out == nil {
            throw ValidationError("--json needs --out: the answers would go to standard output, too.")
        }
    }

    func run() async throws {
        if let source = try? TeacherSource(model), source.isForeignModel {
            try sets.refuse(model)
            return try await runForeign(source)
        }
        let artifact = try TeacherSource.artifact(model)
        try OutputPaths.check([out], inputs: [data, model])
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        let rows = try Dataset.read(
            data, options: ReadingOptions(types: artifact.model.encoder.schema), progress: display.handler)
        if !allowExtraColumns { try artifact.checkColumns(of: rows) }
        let sets = try self.sets.chosen(artifact, named: model, progress: display.handler)
        let file = try out.map { try OutputFile($0) } ?? OutputFile.standardOutput()
        try write(rows, artifact.model, sets, to: file, display)
        try finish(file, rows: rows.count, display)
    }

    /// The same with a model that is not Attar's own.
    private func runForeign(_ source: TeacherSource) async throws {
        var settings = TeacherSettings()
        try asking.override(&settings)
        try OutputPaths.check([out], inputs: [data, model])
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        let rows = try Dataset.read(data, progress: display.handler)
        let teacher = try source.teacher(for: rows, settings: settings)
        for note in teacher.answerNotes { Console.note("note: \(note).") }
        let file = try out.map { try OutputFile($0) } ?? OutputFile.standardOutput()
        var writer = PredictionsWriter(teacher.task) { try file.append($0) }
        for start in stride(from: 0, to: rows.count, by: Self.blockRows) {
            try Interruption.check("predicting")
            let end = min(rows.count, start + Self.blockRows)
            let block = rows.selecting(Array(start..<end))
            try writer.append(try await teacher.predict(block), rows: block.identifiers)
            _ = display.handler(RunProgress(phase: "predicting", completed: end, total: rows.count, unit: "rows"))
        }
        try writer.finish()
        try finish(file, rows: rows.count, display)
    }

    /// Puts the file in its place and says so.
    private func finish(_ file: OutputFile, rows: Int, _ display: ProgressDisplay) throws {
        try file.finish()
        display.clear()
        if let out { Console.note("wrote \(out): \(rows) rows") }
        if run.json {
            try Console.print(json: .object(["rows": .number(Double(rows))]).adding(["out": out]))
        }
    }

    private func write(
        _ rows: Dataset, _ model: any Model, _ sets: CoverageColumns?, to file: OutputFile, _ display: ProgressDisplay
    ) throws {
        var writer = PredictionsWriter(model.task, further: sets?.names ?? []) { try file.append($0) }
        // The columns that are not the model's would only be copied along.
        let rows = rows.with(
            columns: rows.columns.filter { model.encoder.schema[$0.name] != nil || $0.kind == .tensor })
        for start in stride(from: 0, to: rows.count, by: Self.blockRows) {
            try Interruption.check("predicting")
            let end = min(rows.count, start + Self.blockRows)
            let block = rows.selecting(Array(start..<end))
            let features = try model.encoder.encoded(block)
            let outputs = model.outputs(for: features)
            try writer.append(
                outputs, rows: block.identifiers,
                further: sets?.fields(for: outputs, features: features, identifiers: block.identifiers) ?? [])
            _ = display.handler(RunProgress(phase: "predicting", completed: end, total: rows.count, unit: "rows"))
        }
        try writer.finish()
    }
}
