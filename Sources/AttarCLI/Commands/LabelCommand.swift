internal import ArgumentParser
internal import Attar

/// `attar label`: a teacher's answers, asked once and kept.
struct LabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Ask a teacher about rows once and keep its answers, or show what is kept.",
        discussion: """
            Rows whose answers are kept already are not asked again; a run that was stopped goes on where it was. \
            'attar distill' takes the answers from there with --store.

            EXAMPLE
              attar label data.csv --target label --teacher model.onnx --out answers
            """)

    @Argument(help: .data("Rows"))
    var data: String

    @OptionGroup var meaning: SettingOptions<TargetSelection>

    @Option(
        help: ArgumentHelp("Who is asked: \(Catalogue.standard.teacherForms(untrained: false)).", valueName: "teacher"))
    var teacher: String?

    @Option(help: ArgumentHelp("The folder of the answers; attar-answers by default.", valueName: "folder"))
    var out: String?

    @Option(help: ArgumentHelp("Ask only this many of the rows.", valueName: "count"))
    var ask: Int?

    @Option(help: ArgumentHelp("How those are chosen: random, k-centre or uncertainty.", valueName: "way"))
    var select: String?

    @Option(help: ArgumentHelp("Rounds in which they are asked, 5 by default.", valueName: "count"))
    var rounds: Int?

    @Option(
        help: ArgumentHelp(
            "The student that is measured after each round and whose doubts decide; mlp[32] by default.",
            valueName: "student"))
    var student: String?

    @Option(help: ArgumentHelp("The number that the choice follows from, 1 by default.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(help: "Ask nothing; show what is kept: rows, cost, and how far answers agree with labels.")
    var stats = false

    @OptionGroup var asking: TeacherOptions
    @OptionGroup var run: RunOptions

    func run() async throws {
        var settings = TeacherSettings()
        try asking.override(&settings)
        let recipe = try recipe()
        settings.task = recipe.task
        let folder = out ?? settings.store ?? AnswerStore.usualFolder
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        if stats {
            let store = try AnswersOverview(folder, comparedWith: rows(recipe, display))
            display.clear()
            store.lines.forEach(Console.note)
            if run.json { try Console.print(json: JSONValue(encoding: store)) }
            return
        }
        guard let teacher else {
            throw AttarError(.invalidSetting, "no teacher is named", remedy: "Name one with --teacher, or give --stats")
        }
        let source = try TeacherSource(teacher)
        let sampling = try sampling()
        let done = try await Labelling(
            of: source, on: rows(recipe, display), in: folder, settings: settings, sampling: sampling,
            progress: display.handler,
            preview: { sentence in
                display.clear()
                Console.note(sentence)
            })
        display.clear()
        describe(done)
        if run.json { try Console.print(json: JSONValue(encoding: done)) }
    }

    /// What the flags say of the rows.
    private func recipe() throws -> Recipe {
        var recipe = Recipe()
        try recipe.override(meaning.given)
        return recipe
    }

    private func rows(_ recipe: Recipe, _ display: ProgressDisplay) throws -> Dataset {
        var options = try recipe.reading
        options.add(literals: try teacher.map { try TeacherSource($0).categories } ?? [:])
        let read = try Dataset.read(data, options: options, progress: display.handler)
        try recipe.checkColumns(of: read)
        for note in read.notes { Console.note("note: \(note).") }
        let rows = try recipe.weights.map { try read.taking(weights: $0) } ?? read
        return try recipe.target.map { try rows.taking(target: $0, kind: recipe.task) } ?? rows
    }

    private func sampling() throws -> QuestionSampling? {
        guard let ask else {
            if let given = select ?? student ?? rounds.map({ "\($0)" }) {
                throw AttarError(
                    .invalidSetting, "'\(given)' says which rows to ask, but not how many",
                    remedy: "Give --ask, such as --ask 5000")
            }
            return nil
        }
        var sampling = QuestionSampling(count: ask, seed: seed)
        if let select {
            guard let method = QuestionSampling.Method(rawValue: select) else {
                throw AttarError(
                    .invalidSetting, "there is no way '\(select)' of choosing rows",
                    remedy: didYouMean(select, among: QuestionSampling.Method.allCases.map(\.rawValue)))
            }
            sampling.method = method
        }
        if let student { sampling.student = student }
        if let rounds { sampling.rounds = rounds }
        try sampling.validate()
        return sampling
    }

    private func describe(_ done: Labelling) {
        for point in done.curve ?? [] {
            Console.note(
                "  after \(point.questions) questions a student agrees with the teacher on \(Metric.agreement.figure(point.fidelity)) of other rows"
            )
        }
        for note in done.notes { Console.note("note: \(note)") }
        var line =
            "\(done.answered) of \(done.rows) rows have an answer in \(done.store), \(done.asked) of them asked now"
        if let agreement = done.agreement {
            line += "; \(Metric.accuracy.figure(agreement)) agree with the labels"
        }
        if done.failed > 0 { line += "; \(done.failed) have no usable answer" }
        if let spending = done.spending { line += "; \(spending.words)" }
        Console.note(line)
    }
}
