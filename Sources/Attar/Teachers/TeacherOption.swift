/// A setting by which a teacher is asked: a key under a recipe's `asking` and a flag of every command that asks.
///
/// What every teacher has stands in `TeacherOption.shared`; what only one kind understands, that kind declares. A typed view of it is one line, as in
/// `settings[count: .maxTokens]`.
public struct TeacherOption: Hashable, Sendable {
    /// What values an option takes.
    public typealias Form = SettingForm

    /// The key, as in a recipe: "maxTokens".
    public let name: String
    /// The flag, without its dashes: "max-tokens".
    public let flag: String
    /// What stands for the value in help: "count".
    public let valueName: String
    /// One sentence for help.
    public let help: String
    /// What values it takes.
    public let form: Form

    /// A setting.
    ///
    /// - Parameter flag: nil makes it of the name: `maxTokens` is `--max-tokens`.
    public init(_ name: String, _ form: Form, flag: String? = nil, valueName: String, help: String) {
        self.flag = flag ?? name.asFlag
        (self.name, self.form, self.valueName, self.help) = (name, form, valueName, help)
    }
}

extension TeacherOption {
    /// The value that a text on the command line stands for.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the flag where it stands for none.
    public func value(of text: String) throws -> JSONValue {
        func number(_ text: String, _ remedy: String) throws -> Double {
            guard let number = Double(text) else {
                throw AttarError(.invalidSetting, "'\(text)' in --\(flag) is not a number", remedy: remedy)
            }
            return number
        }
        switch form {
        case .text, .word, .time, .latency, .size, .allowance: return .string(text)
        case .texts, .mapping: return .array([.string(text)])
        case .flag: return .bool(try Bool(given: [text], flag: flag))
        case .names: return .array(Self.parts(of: text).map(JSONValue.string))
        case .number: return .number(try number(text, "Give a number, such as 0.5"))
        case .numbers:
            return .array(try Self.parts(of: text).map { .number(try number($0, "Write numbers, such as -999,0")) })
        case .prices:
            return .array(
                try Self.parts(of: text).map { .number(try number($0, "Write two prices, such as 0.15,0.60")) })
        case .count:
            guard let count = Int(text) else {
                throw AttarError(.invalidSetting, "'\(text)' in --\(flag) is not a whole number")
            }
            return .number(Double(count))
        }
    }

    /// Refuses a value that is out of range.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func check(_ value: JSONValue) throws { try form.check(value, of: name) }

    /// The value in a recipe.
    func decoded<Key>(from values: KeyedDecodingContainer<Key>, forKey key: Key) throws -> JSONValue {
        switch form {
        case .text, .word, .latency, .size: .string(try values.decode(String.self, forKey: key))
        case .time: .string(try values.decode(Quantity<TimeUnit>.self, forKey: key).description)
        case .flag: .bool(try values.decode(Bool.self, forKey: key))
        case .allowance:
            .string(
                try (try? values.decode(Int.self, forKey: key)).map { "\($0)" }
                    ?? values.decode(String.self, forKey: key))
        case .mapping: try values.decode(JSONValue.self, forKey: key)
        case .names, .texts: .array(try values.decode([String].self, forKey: key).map(JSONValue.string))
        case .count: .number(Double(try values.decode(Int.self, forKey: key)))
        case .number: .number(try values.decode(Double.self, forKey: key))
        case .prices, .numbers: .array(try values.decode([Double].self, forKey: key).map(JSONValue.number))
        }
    }

    private static func parts(of text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingBlanks() }
    }
}

extension TeacherOption: DeclaredSetting {
    package var flagName: String? { flag }
    package var group: SettingGroup { .teacher }
    package var usualText: String? { nil }
}
