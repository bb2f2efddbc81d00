internal import ArgumentParser
internal import Attar

/// How a teacher outside of Attar is asked; the same wherever one is. Each flag overrides the recipe's key of the same name under `asking`.
///
/// The flags are those that the kinds of teachers declare, so that a further kind brings its own. ArgumentParser finds flags among the members that a type's mirror
/// shows, and reads them by the members' names.
struct TeacherOptions: ParsableArguments, CustomReflectable {
    /// What was given, by the options' names.
    private var given: [String: String] = [:]

    private static var options: [TeacherOption] { Catalogue.standard.teacherOptions }

    init() {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: FlagKey.self)
        for option in Self.options {
            given[option.name] = try values.decode(Option<String?>.self, forKey: FlagKey(stringValue: option.flag))
                .wrappedValue
        }
    }

    var customMirror: Mirror {
        Mirror(
            self,
            children: Self.options.map { option in
                (
                    label: option.flag,
                    value: Option<String?>(
                        name: .customLong(option.flag),
                        help: ArgumentHelp(option.help, valueName: option.placeholder)) as Any
                )
            })
    }

    /// Takes over what was given.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func override(_ settings: inout TeacherSettings) throws {
        for option in Self.options {
            if let text = given[option.name] { settings[option] = try option.value(of: text) }
        }
        try settings.validate()
    }
}

/// A flag as a key.
private struct FlagKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
