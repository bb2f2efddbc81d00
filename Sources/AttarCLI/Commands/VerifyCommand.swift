internal import ArgumentParser
internal import Attar

/// `attar verify`: whether a student's certificate can be measured again.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Measure a student's certificate again, and compare.",
        discussion: """
            Give the same rows as 'attar distill' got: the test rows are split off in the same way. Fingerprints of data and \
            model and the student's figures are compared; --teacher compares the teacher's, too, and --training trains \
            everything again and compares all else: the student without a teacher, the verdict, the decision. What was not \
            measured again is named. Exit status 1 where something differs.

            EXAMPLE
              attar verify student.attar data.csv
            """)

    @Argument(help: "The .attar file that 'attar distill' wrote.")
    var model: String

    @Argument(help: .data("The labelled rows that it was made from"))
    var data: String

    @Option(help: ArgumentHelp("The test rows, where they were given apart.", valueName: "data"))
    var test: String?

    @Option(
        help: ArgumentHelp(
            "The teacher, for the figures about it: \(Catalogue.standard.teacherForms(untrained: false)).",
            valueName: "teacher"))
    var teacher: String?

    @Flag(help: "Train everything again, which takes as long as distilling did, and compare all of the certificate.")
    var training = false

    @Option(help: ArgumentHelp("The rows without labels, where some were given; for --training.", valueName: "data"))
    var unlabeled: String?

    @OptionGroup var asking: TeacherOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let artifact = try TeacherSource.artifact(model)
        let recipe = try Self.recipe(of: artifact, path: model)
        var settings = recipe.asking
        try asking.override(&settings)
        let reference = try teacher.map { try TeacherReference(parsing: $0, asking: settings) }
        if let reference, reference.estimator != nil, !training {
            throw AttarError(
                .invalidSetting, "'\(reference.name)' is a model to train, so there is nobody to ask",
                remedy: "Give --training to train it again as the recipe does, or the path of a trained one")
        }
        let all = try LabelledRows(
            data, test: test, unlabeled: unlabeled, recipe: recipe, task: artifact.model.task.kind,
            canTeachAlone: artifact.metadata.certificate?["withoutLabels"] == .bool(true), says: false,
            taughtBy: reference,
            progress: { _ in .more })
        let asked =
            reference?.estimator == nil
            ? try reference?.opened(for: all.training, task: artifact.model.task.kind) : reference
        let rows = all.without(column: reference?.column)
        // What it costs to ask is said before; answers that are kept cost nothing.
        for part in [rows.training, rows.test].compactMap({ $0 }) {
            try await asked?.teacher?.preview(on: part, saying: Console.note)
        }
        let verification = try await Verification(
            of: artifact, on: rows.training, test: rows.test, unlabeled: rows.unlabeled, teacher: asked,
            training: training)
        Console.note(asked?.teacher?.asked ?? [])
        for check in verification.checks {
            Console.note(
                check.holds
                    ? "same    \(check.name): \(check.recorded)"
                    : "DIFFERS \(check.name): \(check.recorded) in the certificate, \(check.found) here")
        }
        verification.note.map(Console.note)
        Self.unmeasured(verification).forEach(Console.note)
        Console.note(conclusion(verification))
        if output.json { try Console.print(json: JSONValue(encoding: verification).adding(["artifact": model])) }
        if !verification.holds { throw ExitCode.failure }
    }

    /// What was not measured again, a line for each way to do so.
    private static func unmeasured(_ verification: Verification) -> [String] {
        let ways = [
            ("teacher", "--teacher TEACHER measures them"), ("training", "--training trains everything again"),
            ("rows", "what the run left out cannot be told again"),
            (nil, "another run does not repeat them"),
        ]
        return ways.compactMap { needs, remedy in
            let names = verification.unmeasured.filter { $0.needs == needs }.map(\.name)
            return names.isEmpty ? nil : "not measured again: \(names.joined(separator: ", ")) (\(remedy))"
        }
    }

    private func conclusion(_ verification: Verification) -> String {
        guard verification.holds else { return "The certificate of '\(model)' does not hold on '\(data)'." }
        let believed = verification.unmeasured.filter { $0.needs != nil }
        return believed.isEmpty
            ? "The certificate of '\(model)' holds."
            : "What was measured again of the certificate of '\(model)' holds; the rest is what the file says."
    }

    /// The recipe of the run that made the file.
    private static func recipe(of artifact: Artifact, path: String) throws -> Recipe {
        guard let stored = artifact.metadata.recipe, var recipe = try? stored.decoded(as: Recipe.self) else {
            throw AttarError(
                .malformedArtifact, "'\(path)' does not hold the recipe of a distillation",
                remedy: "Give a file that 'attar distill' wrote")
        }
        recipe.target = artifact.metadata.target ?? recipe.target
        return recipe
    }
}
