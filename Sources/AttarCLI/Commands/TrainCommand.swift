internal import ArgumentParser
internal import Attar

/// `attar train`: a model from labels, such as a teacher to distil later.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract:
            "Train a model on labelled rows, or find clusters or anomalies in rows, and measure it on rows that it has not seen.",
        discussion: """
            EXAMPLES
              attar train data.csv --target label --model forest --out teacher.attar
              attar train data.csv --task clustering --model 'kmeans[10]' --out clusters.attar
              attar train data.csv --task anomaly --model iforest --out anomalies.attar
            """)

    @Argument(help: .data("Labelled rows"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The family, with options in brackets, as 'attar help families' lists them: \((Family.all + Family.clusterers + Family.detectors).map(\.name).joined(separator: ", ")).",
            valueName: "model"))
    var model: String

    @OptionGroup(title: SettingGroup.learning.title) var learning: SettingOptions<Training.Learning>
    @OptionGroup(title: SettingGroup.evidence.title) var test: TestOptions
    @OptionGroup(title: SettingGroup.evidence.title) var evidence: SettingOptions<Training.Evidence>
    @OptionGroup(title: SettingGroup.output.title) var running: SettingOptions<Training.Output>
    @OptionGroup(title: SettingGroup.output.title) var modelFile: OutOptions
    @OptionGroup(title: SettingGroup.output.title) var checkpoints: CheckpointOptions
    @OptionGroup(title: SettingGroup.output.title) var logging: LogOptions
    @OptionGroup(title: SettingGroup.output.title) var run: RunOptions

    /// Where the model goes.
    struct OutOptions: ParsableArguments {
        @Option(help: ArgumentHelp("Where the model goes.", valueName: "file"))
        var out = "teacher.attar"
    }

    private var out: String { modelFile.out }

    func run() async throws {
        guard let specification = try TeacherSource(model).specification else {
            throw AttarError(
                .invalidSetting, "'\(model)' is no model to train",
                remedy:
                    "Name a family: \((Family.all + Family.clusterers + Family.detectors).map(\.name).joined(separator: ", "))"
            )
        }
        let estimator = try Family.named(specification.name).estimator(specification)
        var recipe = Recipe()
        for given in [learning.given, evidence.given, running.given] { try recipe.override(given) }
        try recipe.validate()
        try OutputPaths.check([out], inputs: [data, test.test])
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        let rows = try LabelledRows(
            data, test: test.test, recipe: recipe, task: recipe.task ?? estimator.ownTask?.kind,
            progress: display.handler)
        recipe.teacher = specification.description
        let folder = try checkpoints.folder(
            for: recipe, on: [rows.training, rows.test].compactMap { $0?.fingerprint })
        let log = try logging.log()
        let trained = try await TrainedTeacher(
            specification, on: rows.training, test: rows.test, recipe: recipe,
            progress: log?.receiving(display.handler) ?? display.handler, checkpoints: folder)
        log?.add(trained.artifact.model, trained.evaluation.student)
        try Interruption.check("training \(specification)")
        try trained.artifact.write(to: out)
        folder?.remove()
        display.clear()
        Console.note(
            "\(specification), trained on \(rows.training.count) rows of \(data)"
                + (rows.test == nil ? " less" : ", tested on") + " \(trained.evaluation.testRows) test rows:")
        FiguresTable.lines([
            ("test rows", trained.evaluation.student), ("baseline", trained.evaluation.baseline),
        ]).forEach(Console.note)
        for note in trained.notes + trained.artifact.model.notes { Console.note("note: \(note)") }
        Console.note("wrote \(out)")
        if run.json {
            try Console.print(
                json: JSONValue(encoding: trained.evaluation).adding([
                    "artifact": out, "model": specification.description,
                ]).adding("notes", .array(trained.notes.map(JSONValue.string))))
        }
    }
}
