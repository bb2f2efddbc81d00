internal import ArgumentParser
internal import Attar
internal import AttarReport

/// `attar evaluate`: a model's figures on labelled rows.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a model on labelled rows, beside a teacher if one is given.",
        discussion: """
            EXAMPLE
              attar evaluate test.csv --model student.attar --teacher teacher.attar
            """)

    @Argument(help: .data("Labelled rows"))
    var data: String

    @Option(help: ArgumentHelp("The column of the labels; the model's own target by default.", valueName: "column"))
    var target: String?

    @Option(help: ArgumentHelp("The .attar file of the model.", valueName: "file"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "A teacher to compare with: \(Catalogue.standard.teacherForms(untrained: false)).", valueName: "teacher"))
    var teacher: String?

    @OptionGroup var asking: TeacherOptions

    @Option(help: ArgumentHelp("The column of row weights.", valueName: "column"))
    var weights: String?

    @Option(
        help: ArgumentHelp(
            "The number that the intervals' resampling follows from; that of the distillation by default.",
            valueName: "number"))
    var seed: UInt64?

    @Flag(help: "Ignore columns that the model was not trained on.")
    var allowExtraColumns = false

    @OptionGroup(title: "Reading") var reading: SettingOptions<ReadingSelection>
    @OptionGroup var reports: ReportOptions
    @OptionGroup var requirement: SettingOptions<RequirementSelection>
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let artifact = try TeacherSource.artifact(model)
        let source = try teacher.map { try TeacherSource($0) }
        let require = try requirement.given["require"]?.last.map { try Requirement($0) }
        try require?.validate(for: Catalogue.standard.task(artifact.model.task.kind))
        // A model card belongs to a distillation.
        let files = try reports.files(forms: [.page, .document])
        try reports.makeFolders()
        try OutputPaths.check(files.map(\.path), inputs: [data, model])
        var settings = TeacherSettings()
        try asking.override(&settings)
        let task = artifact.model.task
        let posing = try Catalogue.standard.task(task.kind).posing
        let needsTarget = posing.needsTarget
        let column = posing.targetHoldsAnswers ? source?.column : nil
        // A teacher's answers may stand in a column; of a task without labels the rows need have none.
        let named = target ?? column ?? artifact.metadata.target
        guard named != nil || !needsTarget else {
            throw AttarError(
                .invalidSetting, "no target is named", remedy: "Name the column of the labels with --target")
        }
        var options = try reading.reading(for: artifact.model.encoder)
        options.add(literals: source?.categories ?? [:])
        if let named, task.form == .probabilities { options.add(literals: [named: task.names]) }
        var rows = try Dataset.read(data, options: options)
        for note in rows.notes { Console.note("note: \(note).") }
        if let weights { rows = try rows.taking(weights: weights) }
        if let named, needsTarget || target != nil || column != nil || rows.column(named: named) != nil {
            rows = try rows.taking(target: named, matching: task)
        }
        if rows.target == nil { settings.task = task.kind }
        let against = try source?.teacher(for: rows, settings: settings)
        rows = rows.with(columns: rows.columns.filter { $0.name != source?.column })
        if !allowExtraColumns { try artifact.checkColumns(of: rows) }
        try await against?.preview(on: rows, saying: Console.note)
        let given = rows.count
        if let against { rows = try await against.answerable(rows) }
        if rows.count < given {
            let left = RowFailure.unanswerable("\(given - rows.count) of the rows")
            Console.note("note: the \(left): they are left out.")
        }
        let evaluation = try await ModelEvaluation(of: artifact, against: against, on: rows, seed: seed)
        Console.note(against?.asked ?? [])
        for (path, form) in files {
            let text =
                form == .page
                ? try htmlReport(of: evaluation, model: model, names: artifact.model.task.names, data: data)
                : try jsonReport(of: evaluation, data: data)
            try OutputFile.write(text, to: path)
        }
        // The figures are what is asked for: a pipe gets them, where it does not get the document instead.
        let say: (String) throws -> Void = output.json ? { Console.note($0) } : { try Console.print($0) }
        try say("\(model) on \(rows.count) rows of \(data):")
        try FiguresTable.lines([
            ("model", evaluation.student), ("teacher", evaluation.teacher), ("baseline", evaluation.baseline),
        ]).forEach(say)
        if rows.count < Verdict.fewestRows {
            Console.note(
                "note: \(rows.count) test rows are too few for claims about other rows; give at least \(Verdict.fewestRows)."
            )
        }
        for warning in evaluation.evidence?.leaks?.warnings ?? [] { Console.note("warning: \(warning)") }
        if let text = evaluation.evidence?.nonInferiority?.text { try say(text) }
        if let decision = evaluation.decision { try DecisionText.lines(decision).forEach(say) }
        if !files.isEmpty { Console.note("wrote \(files.map(\.path).joined(separator: ", "))") }
        if output.json {
            // The decision on these rows stands in the verdict, where distill has its own, and beside it.
            let decision = try evaluation.decision.map { try JSONValue(encoding: $0) }
            let verdict =
                try evaluation.verdict.map { try JSONValue(encoding: $0) } ?? decision.map { _ in .object([:]) }
            try Console.print(
                json: JSONValue(encoding: evaluation).adding(["artifact": model])
                    .adding("verdict", verdict?.adding("decision", decision)))
        }
        if let require {
            var verdict = evaluation.verdict
            verdict?.decision = evaluation.decision
            try RequirementSelection.enforce(
                require.failures(
                    student: evaluation.student, labelsOnly: evaluation.labelsOnly, teacher: evaluation.teacher,
                    verdict: verdict))
        }
    }
}
