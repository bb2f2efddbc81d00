internal import ArgumentParser
internal import Attar

/// What is asked of a student, so that a script can go by the exit status.
struct RequirementOptions: ParsableArguments {
    @Option(
        defaultAsFlag: "helped", parsing: .next,
        help: ArgumentHelp(
            """
            Exit with status 2 where this does not hold, such as "accuracy >= teacher - 0.01, ece <= 0.03"; without a value, \
            where distilling did not help.
            """, valueName: "clauses"))
    var require: String?

    /// Exits with status 2 where a requirement does not hold, and says which.
    ///
    /// - Throws: `ExitCode`.
    static func enforce(_ failures: [String]) throws {
        guard !failures.isEmpty else { return }
        for failure in failures { Console.note("refused: \(failure).") }
        throw ExitCode(2)
    }
}
