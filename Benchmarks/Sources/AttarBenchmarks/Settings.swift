import Foundation

/// What the command line asks for: words that select rows, and how often measurements are repeated.
enum Settings {
    private static let words = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }

    /// How often each contestant is asked; an odd number has a middle: `--repeats=7`.
    static let repeats = option("repeats") ?? 7
    /// Whether the peers' own messages are hidden: not with `--verbose=1`.
    static let isQuiet = option("verbose") == nil

    /// Whether a group of rows is asked for: all of the words are part of its name.
    static func selects(_ group: String) -> Bool { words.allSatisfy { group.contains($0) } }

    private static func option(_ name: String) -> Int? {
        let prefix = "--\(name)="
        return CommandLine.arguments.first { $0.hasPrefix(prefix) }.flatMap { Int($0.dropFirst(prefix.count)) }
    }
}
