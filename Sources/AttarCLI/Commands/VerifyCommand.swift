internal import ArgumentParser
internal import Attar

/// `attar verify`: whether a student's certificate can be measured again.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Measure a student's certificate again, and compare.",
        discussion: """
            Give the same rows as 'attar distill' got: the test rows are split off in the same way. Fingerprints of data and \
            model and the student's figures are compared. Exit status 1 where something differs.

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

    @OptionGroup var asking: TeacherOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let artifact = try TeacherSource.artifact(model)
        let source = try teacher.map { try TeacherSource($0) }
        var settings = TeacherSettings()
        try asking.override(&settings)
        let recipe = try Self.recipe(of: artifact, path: model)
        let rows = try LabelledRows(data, test: test, recipe: recipe, progress: { _ in .more })
        let verification = try await Verification(
            of: artifact, on: rows.training, test: rows.test,
            teacher: source?.teacher(for: rows.training, settings: settings))
        for check in verification.checks {
            Console.note(
                check.holds
                    ? "same    \(check.name): \(check.recorded)"
                    : "DIFFERS \(check.name): \(check.recorded) in the certificate, \(check.found) here")
        }
        if !verification.skipped.isEmpty {
            Console.note("not measured again: \(verification.skipped.joined(separator: ", "))")
        }
        Console.note(
            verification.holds
                ? "The certificate of '\(model)' holds."
                : "The certificate of '\(model)' does not hold on '\(data)'.")
        if output.json { try Console.print(json: JSONValue(encoding: verification).adding(["artifact": model])) }
        if !verification.holds { throw ExitCode.failure }
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
