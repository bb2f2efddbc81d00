import Attar
import Foundation
import Testing

/// What the command says of itself.
struct HelpTests {
    private static let subcommands = [
        "train", "label", "distill", "predict", "evaluate", "verify", "inspect", "doctor",
    ]

    @Test(arguments: subcommands)
    func `Help fits 80 columns and has an example`(_ name: String) async throws {
        try await Attar.inFolder([:]) { attar in
            let help = try await attar(name, "--help")
            #expect(help.status == 0)
            #expect(help.output.contains("EXAMPLE"))
            #expect(help.output.contains("  attar \(name)"))
            for line in help.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        }
    }

    /// The flags that help lists.
    private static func flags(in help: String) -> Set<String> {
        Set(
            help.split(separator: "\n").filter { $0.hasPrefix("  -") }.compactMap { $0.firstMatch(of: /--([a-z-]+)/) }
                .map { String($0.1) })
    }

    @Test func `Every setting is a flag of distill under its heading, and every further flag is known`() async throws {
        try await Attar.inFolder([:]) { attar in
            let help = try await attar("distill", "--help").output
            let declared = RecipeSettings.all.compactMap(\.flagName) + Catalogue.standard.teacherOptions.map(\.flag)
            let further = [
                "recipe", "out", "report", "test", "unlabeled", "corpus", "answered-only", "checkpoint",
                "checkpoint-every",
                "log-dir", "json", "quiet", "help", "version",
            ]
            #expect(Self.flags(in: help) == Set(declared + further))
            var rest = Substring(help)
            for group in SettingGroup.all {
                let heading = try #require(rest.range(of: "\n\(group.title.uppercased()):\n"))
                rest = rest[heading.upperBound...]
                let section = rest.prefix(upTo: rest.range(of: "\n\n")?.lowerBound ?? rest.endIndex)
                let own = RecipeSettings.all.filter { $0.group == group }.compactMap(\.flagName)
                #expect(Self.flags(in: String(section)).isSuperset(of: own), "\(group.title)")
            }
        }
    }

    @Test func `The flags of train are the settings that it shares`() async throws {
        try await Attar.inFolder([:]) { attar in
            let declared = RecipeSettings.all.filter(\.isForTraining).compactMap(\.flagName)
            let further = [
                "model", "out", "test", "checkpoint", "checkpoint-every", "log-dir", "json", "quiet", "help", "version",
            ]
            let help = try await attar("train", "--help").output
            #expect(Self.flags(in: help) == Set(declared + further))
        }
    }

    @Test func `The examples of distill are commands`() async throws {
        try await Attar.inFolder(["data.csv": SmallData.fruit]) { attar in
            let help = try await attar("distill", "--help").output
            let commands = help.replacing("\\\n", with: "").split(separator: "\n").map { $0.drop { $0 == " " } }
                .filter { $0.hasPrefix("attar distill data.csv") }
            #expect(commands.count == 3)
            for command in commands {
                let words = command.split(separator: " ").dropFirst().map { String($0.filter { $0 != "'" }) }
                // All is read before a setting is refused.
                let run = try await attar.run(words + ["--seeds", "0"])
                #expect(run.status == 64)
                #expect(run.words.contains("seeds is 0"), "\(command): \(run.words)")
            }
        }
    }

    @Test func `help recipe prints the guide`() async throws {
        try await Attar.inFolder([:]) { attar in
            let help = try await attar("help", "recipe")
            #expect(help.status == 0)
            #expect(help.output == SettingGuide.text() + "\n")
            let page = try await attar("help", "recipe", "--markdown")
            #expect(page.output == SettingGuide.markdown() + "\n")
            let overview = try await attar("help")
            #expect(overview.output.contains("attar help recipe"))
        }
    }

    @Test func `help families prints every model with its options, and train points to it`() async throws {
        try await Attar.inFolder([:]) { attar in
            let help = try await attar("help", "families")
            #expect(help.output == FamilyGuide.text() + "\n")
            for family in ["FOREST:", "STATIC:", "TRANSFORMER:"] { #expect(help.output.contains("\n\(family)\n")) }
            #expect(help.output.contains("leaves at most (32)"))
            let train = try await attar("train", "--help")
            #expect(
                train.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                    "'attar help families'"))
            #expect(try await attar("help").output.contains("attar help families"))
        }
    }
}
