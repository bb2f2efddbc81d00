internal import ArgumentParser
internal import Attar
internal import Foundation

/// A recipe in a file.
struct RecipeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A YAML file with any settings, see 'attar help recipe'; flags override it.", valueName: "file"))
    var recipe: String?

    /// The recipe file with the flags over it.
    ///
    /// - Throws: `AttarError`: `unreadableFile`, `invalidSetting`.
    func filled(_ flags: [[String: [String]]], asking: TeacherOptions) throws -> Recipe {
        var recipe = try self.recipe.map(Self.read) ?? Recipe()
        for given in flags { try recipe.override(given) }
        try asking.override(&recipe.asking)
        try recipe.validate()
        return recipe
    }

    private static func read(_ path: String) throws -> Recipe {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw AttarError(
                .unreadableFile, "the recipe '\(path)' cannot be read", remedy: "Give a YAML file in UTF-8",
                underlying: error)
        }
        return try Recipe(yaml: text, source: "'\(path)'")
    }
}
