internal import ArgumentParser
internal import Attar

/// `attar doctor`: what this attar runs on.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "List the libraries that attar uses, their versions, and how to install each.",
        discussion: """
            EXAMPLE
              attar doctor
            """)

    @OptionGroup var output: OutputOptions

    private struct Findings: Encodable {
        let attar = AttarVersion.current
        let machine = Machine.current
        let libraries = SystemLibrary.all
        let loadedLibraries = LoadedLibrary.all
    }

    func run() throws {
        let findings = Findings()
        if output.json {
            try Console.print(json: JSONValue(encoding: findings))
            return
        }
        let machine = findings.machine
        var lines = [
            "attar \(findings.attar)",
            "system: \(machine.system), \(machine.architecture), \(machine.memory / 1_048_576) MiB of memory",
            "processors: \(machine.threads); vector instructions: \(machine.vectorInstructions.joined(separator: ", "))",
            "",
        ]
        for library in findings.libraries {
            lines.append("ok  \(library.name) \(library.version), for \(library.purpose)")
            if !library.details.isEmpty { lines.append("      \(library.details)") }
            lines.append("      \(library.install)")
        }
        for library in findings.loadedLibraries {
            lines.append(
                library.version.map { "ok  \(library.name) \($0), for \(library.purpose)" }
                    ?? "--  \(library.name) is not there; \(library.purpose) need it, nothing else does")
            lines.append("      \(library.details)")
            lines.append("      \(library.install)")
        }
        lines += ["", "All libraries that this version cannot do without are there."]
        try Console.print(lines.joined(separator: "\n"))
    }
}
