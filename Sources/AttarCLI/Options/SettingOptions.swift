internal import ArgumentParser
internal import Attar

/// Which settings are flags of a command, together under one heading.
protocol SettingSelection: Sendable {
    static var settings: [any DeclaredSetting] { get }
}

/// The flags of declared settings: names, help and defaults are the declarations', so that a further setting brings its flag along.
///
/// ArgumentParser finds flags among the members that a type's mirror shows, and reads them by the members' names.
struct SettingOptions<Selection: SettingSelection>: ParsableArguments, CustomReflectable {
    /// What was given: for each setting, by its name, the texts behind its flag.
    private(set) var given: [String: [String]] = [:]

    init() {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: FlagKey.self)
        for setting in Selection.settings {
            guard let flag = setting.flagName else { continue }
            given[setting.name] = try FlagForm(setting).texts(in: values, forKey: FlagKey(stringValue: flag))
        }
    }

    var customMirror: Mirror {
        Mirror(
            self,
            children: Selection.settings.compactMap { setting in
                setting.flagName.map { (label: $0, value: FlagForm(setting).wrapper(flag: $0)) }
            })
    }
}

/// How a setting stands on a command line.
private enum FlagForm {
    /// `--flag`.
    case bare(ArgumentHelp)
    /// `--flag VALUE`, any number of times.
    case repeated(ArgumentHelp)
    /// `--flag` or `--flag VALUE`.
    case withOrWithout(String, ArgumentHelp)
    /// `--flag VALUE`; a number may begin with a dash.
    case once(ArgumentHelp, isNumber: Bool)

    init(_ setting: any DeclaredSetting) {
        let isBare = setting.valueName.isEmpty
        let help = ArgumentHelp("\(setting.sentence)", valueName: isBare ? nil : setting.valueName)
        self =
            if isBare {
                .bare(help)
            } else if setting.isRepeated {
                .repeated(help)
            } else if let value = setting.valueOfBareFlag {
                .withOrWithout(value, help)
            } else {
                .once(help, isNumber: setting.form == .numbers)
            }
    }

    /// What ArgumentParser looks for among a type's members.
    func wrapper(flag: String) -> any Sendable {
        let name = NameSpecification.customLong(flag)
        return switch self {
        case .bare(let help): Flag(wrappedValue: false, name: name, help: help)
        case .repeated(let help): Option<[String]>(wrappedValue: [], name: name, parsing: .singleValue, help: help)
        case .withOrWithout(let value, let help):
            Option<String?>(name: name, defaultAsFlag: value, parsing: .next, help: help)
        case .once(let help, let isNumber):
            Option<String?>(name: name, parsing: isNumber ? .unconditional : .next, help: help)
        }
    }

    /// The texts that were given; nil where the flag was not.
    func texts(in values: KeyedDecodingContainer<FlagKey>, forKey key: FlagKey) throws -> [String]? {
        switch self {
        case .bare: try values.decode(Flag<Bool>.self, forKey: key).wrappedValue ? [] : nil
        case .repeated:
            try [values.decode(Option<[String]>.self, forKey: key).wrappedValue].first { !$0.isEmpty }
        case .withOrWithout, .once: try values.decode(Option<String?>.self, forKey: key).wrappedValue.map { [$0] }
        }
    }
}

/// A flag as a key.
private struct FlagKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
