internal import ArgumentParser
internal import Attar

/// The settings of `attar distill`, a selection for each heading.
enum Distilling {
    enum Teacher: SettingSelection { static var settings: [any DeclaredSetting] { of(.teacher) } }
    enum Student: SettingSelection { static var settings: [any DeclaredSetting] { of(.student) } }
    enum Learning: SettingSelection { static var settings: [any DeclaredSetting] { of(.learning) } }
    enum Evidence: SettingSelection { static var settings: [any DeclaredSetting] { of(.evidence) } }
    enum Output: SettingSelection { static var settings: [any DeclaredSetting] { of(.output) } }

    private static func of(_ group: SettingGroup) -> [any DeclaredSetting] {
        RecipeSettings.all.filter { $0.group == group }
    }
}

/// Those of them that `attar train` has as well.
enum Training {
    enum Learning: SettingSelection { static var settings: [any DeclaredSetting] { of(.learning) } }
    enum Evidence: SettingSelection { static var settings: [any DeclaredSetting] { of(.evidence) } }
    enum Output: SettingSelection { static var settings: [any DeclaredSetting] { of(.output) } }

    private static func of(_ group: SettingGroup) -> [any DeclaredSetting] {
        RecipeSettings.all.filter { $0.group == group && $0.isForTraining }
    }
}

/// What rows mean, where they are only asked about.
enum TargetSelection: SettingSelection {
    static var settings: [any DeclaredSetting] {
        let declared = RecipeSettings()
        let own: [any DeclaredSetting] = [declared.target, declared.task, declared.weights]
        return own + ReadingSelection.all
    }
}

/// How a file of rows is read, where a model says what its columns are.
enum ReadingSelection: SettingSelection {
    static var settings: [any DeclaredSetting] { Array(all.dropFirst()) }

    /// The same, with what the columns are.
    static var all: [any DeclaredSetting] {
        let declared = RecipeSettings()
        return [declared.columns, declared.separator, declared.decimal, declared.header, declared.missing]
    }
}

extension SettingOptions<ReadingSelection> {
    /// How rows for a model are read.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func reading(for encoder: FeatureEncoder?) throws -> ReadingOptions {
        var recipe = Recipe()
        try recipe.override(given)
        try recipe.validate()
        var options = try recipe.reading
        if let encoder { options.suit(encoder) }
        return options
    }
}

/// What is asked of a student, so that a script can go by the exit status.
enum RequirementSelection: SettingSelection {
    static var settings: [any DeclaredSetting] { [RecipeSettings().require] }

    /// Exits with status 2 where a requirement does not hold, and says which.
    ///
    /// - Throws: `ExitCode`.
    static func enforce(_ failures: [String]) throws {
        guard !failures.isEmpty else { return }
        for failure in failures { Console.note("refused: \(failure).") }
        throw ExitCode(2)
    }
}

/// How a teacher outside of Attar is asked; the same wherever one is. Each flag overrides the recipe's key of the same name under `asking`.
enum AskingSelection: SettingSelection {
    static var settings: [any DeclaredSetting] { Catalogue.standard.teacherOptions }
}

typealias TeacherOptions = SettingOptions<AskingSelection>

extension SettingOptions<AskingSelection> {
    /// Takes over what was given.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func override(_ settings: inout TeacherSettings) throws {
        for option in Catalogue.standard.teacherOptions {
            // A bare flag has no text behind it.
            if let texts = given[option.name] { settings[option] = try option.value(of: texts.last ?? "true") }
        }
        try settings.validate()
    }
}
