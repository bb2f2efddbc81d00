internal import ArgumentParser
internal import Attar
internal import Foundation

/// The `attar` command: its subcommands, and the one way out for errors.
@main
struct AttarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attar",
        abstract: "Distil any model into one small file you can ship, and learn how far to trust it.",
        discussion: """
            Exit status: 0 success, 1 failure, 2 the certificate refuses (with --require), \
            64 wrong usage.

            EXAMPLE
              attar distill data.csv --target label --student 'mlp[16]'

            'attar help recipe' lists every setting of a run, 'attar help families' the models and their options, 'attar help networks' how networks are trained.
            """,
        version: AttarVersion.current,
        subcommands: [
            TrainCommand.self, LabelCommand.self, DistillCommand.self, PredictCommand.self, EvaluateCommand.self,
            VerifyCommand.self, InspectCommand.self,
            DoctorCommand.self,
        ])

    static func main() async {
        do {
            if let page = HelpTopic.page(for: Array(CommandLine.arguments.dropFirst())) {
                try Console.print(page)
                return
            }
            try refuseUnknownCommand()
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as AttarError where error.code == .stopped && Interruption.isRequested {
            Console.print(error: error)
            Interruption.end()
        } catch let error as AttarError where (error.underlying as? SystemError)?.number == EPIPE {
            // Whoever reads has had enough, as 'head' has, which is no failure to tell of.
            Interruption.end(by: SIGPIPE)
        } catch let error as AttarError {
            Console.print(error: error)
            exit(withError: error.code == .invalidSetting ? ExitCode.validationFailure : ExitCode.failure)
        } catch {
            exit(withError: error)
        }
    }

    /// Refuses a first word that is no subcommand, with the nearest one: the parser takes it for an argument too many.
    private static func refuseUnknownCommand() throws {
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else { return }
        let known = configuration.subcommands.flatMap {
            [$0.configuration.commandName ?? ""] + $0.configuration.aliases
        }
        guard !known.contains(word), word != "help" else { return }
        throw AttarError(.invalidSetting, "there is no command '\(word)'", remedy: didYouMean(word, among: known))
    }
}
