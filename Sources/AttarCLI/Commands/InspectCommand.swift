internal import ArgumentParser
internal import Attar

/// `attar inspect`: what an artifact says of itself.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what is in an .attar file: the model, how it came to be, and the evidence on it.",
        discussion: """
            EXAMPLE
              attar inspect student.attar
            """)

    @Argument(help: "The .attar file.")
    var model: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let artifact = try TeacherSource.artifact(model)
        if output.json {
            try Console.print(json: Inspection(artifact).json)
        } else {
            try Console.print(Inspection(artifact).text)
        }
    }
}
