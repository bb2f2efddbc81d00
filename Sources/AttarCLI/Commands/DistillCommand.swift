internal import ArgumentParser
internal import Attar
internal import AttarReport

/// `attar distill`: a small student from a teacher, with the verdict on it.
struct DistillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distill",
        abstract: "Train a small student on a teacher's answers, and say what that gained.",
        discussion: """
            EXAMPLES
              A small network, taught by an ensemble that is trained on the same rows:
                attar distill data.csv --target label --student 'mlp[16]'

              The best student of 50 KB from a model in a file, with a page of evidence:
                attar train data.csv --target label --model forest --out teacher.attar
                attar distill data.csv --target label --teacher teacher.attar \\
                  --max-size 50KB --out student.attar --report report.html

              Exit status 2 where the teacher did not help:
                attar distill data.csv --target label --student 'tree[leaves=32]' \\
                  --strategy teacher --require helped
            """,
        // As it is written in Britain.
        aliases: ["distil"])

    @Argument(help: .data("Rows, with labels where the task has some"))
    var data: String?

    @OptionGroup(title: SettingGroup.teacher.title) var teaching: SettingOptions<Distilling.Teacher>
    @OptionGroup(title: SettingGroup.teacher.title) var asking: TeacherOptions
    @OptionGroup(title: SettingGroup.student.title) var student: SettingOptions<Distilling.Student>
    @OptionGroup(title: SettingGroup.learning.title) var learning: SettingOptions<Distilling.Learning>
    @OptionGroup(title: SettingGroup.learning.title) var more: MoreRowsOptions
    @OptionGroup(title: SettingGroup.evidence.title) var test: TestOptions
    @OptionGroup(title: SettingGroup.evidence.title) var evidence: SettingOptions<Distilling.Evidence>
    @OptionGroup(title: SettingGroup.output.title) var options: RecipeOptions
    @OptionGroup(title: SettingGroup.output.title) var running: SettingOptions<Distilling.Output>
    @OptionGroup(title: SettingGroup.output.title) var studentFile: OutOptions
    @OptionGroup(title: SettingGroup.output.title) var reports: ReportOptions
    @OptionGroup(title: SettingGroup.output.title) var checkpoints: CheckpointOptions
    @OptionGroup(title: SettingGroup.output.title) var logging: LogOptions
    @OptionGroup(title: SettingGroup.output.title) var run: RunOptions

    /// Further rows to learn from.
    struct MoreRowsOptions: ParsableArguments {
        @Option(help: ArgumentHelp("More rows, without labels, for the teacher to label.", valueName: "data"))
        var unlabeled: String?

        @Option(
            help: ArgumentHelp(
                "Rows to learn from; all of DATA is then for the test, as with --test.", valueName: "data"))
        var corpus: String?

        @Flag(help: "Learn only from rows whose answers are in the store, after 'attar label --ask'.")
        var answeredOnly = false
    }

    /// Where the student goes.
    struct OutOptions: ParsableArguments {
        @Option(help: ArgumentHelp("Where the student goes.", valueName: "file"))
        var out = "student.attar"
    }

    private var out: String { studentFile.out }

    func run() async throws {
        var (data, judging) = (data, evidence.given)
        // As in `distill --require data.csv`: the flag has no value, and DATA follows it.
        if data == nil, let given = judging["require"]?.last, !Requirement.isMeant(by: given) {
            (data, judging["require"]) = (given, ["helped"])
        }
        let recipe = try options.filled(
            [teaching.given, student.given, learning.given, judging, running.given], asking: asking)
        let held = more.corpus == nil ? test.test : data ?? test.test
        guard let data = more.corpus ?? data else { throw ValidationError("Missing the data to learn from.") }
        var distiller = try Distiller(recipe)
        let files = try reports.files()
        try reports.makeFolders()
        try OutputPaths.check([out] + files.map(\.path), inputs: [data, held, more.unlabeled, options.recipe])
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        var rows = try LabelledRows(
            data, test: held, unlabeled: more.unlabeled, recipe: recipe, task: distiller.task,
            canTeachAlone: distiller.teacher.estimator == nil, taughtBy: distiller.teacher, progress: display.handler)
        let column = distiller.teacher.column
        distiller.teacher = try distiller.teacher.opened(
            for: rows.training, task: distiller.task, progress: display.handler)
        rows = rows.without(column: column)
        let teacher = distiller.teacher.teacher
        if more.answeredOnly { rows = try rows.answered(by: teacher) }
        distiller.checkpoints = try checkpoints.folder(
            for: recipe,
            on: [rows.training, rows.test, rows.unlabeled].compactMap { $0?.fingerprint }
                + (teacher.map { [$0.fingerprint] } ?? []))
        let log = try logging.log()
        let distillation = try await distiller.distilled(
            on: rows.training, test: rows.test, unlabeled: rows.unlabeled,
            progress: log?.receiving(display.handler) ?? display.handler)
        log?.add(distillation.certificate)
        try Interruption.check("measuring the student")
        try distillation.artifact.write(to: out)
        distiller.checkpoints?.remove()
        for (path, form) in files {
            try OutputFile.write(text(of: distillation.certificate, as: form, data: data, test: held), to: path)
        }
        display.clear()
        try describe(distillation.certificate, files: files.map(\.path)) { display.hasSaid($0) }
        let asked = teacher?.asked ?? []
        Console.note(asked)
        if run.json {
            try Console.print(
                json: JSONValue(encoding: distillation.certificate).adding([
                    "artifact": out, "report": reports.report.first,
                ]).adding("asked", asked.isEmpty ? nil : JSONValue(encoding: asked))
                    .adding("decision", distillation.certificate.verdict.decision.map { try JSONValue(encoding: $0) }))
        }
        if let require = recipe.require {
            let certificate = distillation.certificate
            try RequirementSelection.enforce(
                Requirement(require).failures(
                    student: certificate.student, labelsOnly: certificate.labelsOnly, teacher: certificate.teacher,
                    verdict: certificate.verdict))
        }
    }

    private func text(of certificate: Certificate, as form: ReportOptions.Form, data: String, test: String?) throws
        -> String
    {
        switch form {
        case .page: try htmlReport(of: certificate, data: data)
        case .document: try jsonReport(of: certificate, data: data)
        case .card: try modelCard(of: certificate, artifact: out, data: data, test: test, canVerify: !more.answeredOnly)
        }
    }

    private func describe(_ certificate: Certificate, files: [String], wasSaid: (String) -> Bool) throws {
        let choice = certificate.choice
        Console.note(
            "\(choice.student) taught by \(choice.teacher) with \(choice.strategy), on \(certificate.testRows) test rows:"
        )
        let models = [
            ("distilled", certificate.student), ("labels only", certificate.labelsOnly),
            ("untrained", certificate.untrained ?? [:]),
            ("teacher", certificate.teacher), ("baseline", certificate.baseline),
        ]
        FiguresTable.lines(models.filter { !$0.1.isEmpty }).forEach(Console.note)
        let quality = try certificate.kind().metrics.main
        for candidate in choice.candidates where choice.candidates.count > 1 {
            let size = Metric.bytes.figure(Double(candidate.bytes))
            let time = Metric.latencyMicroseconds.figure(candidate.latencyMicroseconds)
            let taken = candidate.student == choice.student ? ", taken" : ""
            Console.note(
                "  tried \(candidate.student) with \(candidate.strategy): \(quality.label) "
                    + "\(quality.figure(candidate.quality)) on validation rows, \(size), \(time) a row"
                    + (candidate.excluded.map { ", left out: \($0)" } ?? taken))
        }
        if let optimism = choice.optimism {
            Console.note(
                "  the choice promised \(quality.label) \(quality.figure(optimism.validation)) on validation rows; it is \(quality.figure(optimism.test)) on the test rows"
            )
        }
        for stage in choice.stages ?? [] {
            Console.note(
                "  \(stage.role) \(stage.model): \(quality.label) \(quality.figure(stage.quality)) on validation rows")
        }
        let warnings = certificate.evidence?.leaks?.warnings ?? []
        for note in certificate.notes where !wasSaid(note) {
            Console.note("\(warnings.contains(note) ? "warning" : "note"): \(note)")
        }
        if let text = certificate.evidence?.nonInferiority?.text { Console.note(text) }
        if let decision = certificate.verdict.decision { DecisionText.lines(decision).forEach(Console.note) }
        Console.note(certificate.verdict.text)
        if let closed = certificate.gapClosed {
            let share = Metric.agreement.interval(closed)
            Console.note("The student closes \(share) of the gap between labels alone and the teacher.")
        }
        Console.note("wrote \(([out] + files).joined(separator: ", "))")
    }
}
