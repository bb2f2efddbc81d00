/// How a teacher outside of Attar is asked. All are optional: what is not set is told from the teacher or left at its default.
///
/// In a recipe these stand under the key `asking`. What every teacher has is declared in `TeacherSettings+Shared.swift`, the rest by the kinds of teachers.
public struct TeacherSettings: Hashable, Sendable {
    /// What is asked for, where rows have no target that says it; nil leaves it to the teacher. No option: a recipe has it for the whole run.
    public var task: LearningTask.Kind?

    /// Whether rows may have more columns than a model takes where it does not name those that it wants: the first ones are taken then. No option, but a flag of
    /// `attar predict`, whose rows may hold whatever else.
    public var allowsExtraColumns = false

    /// The values by the options' names.
    private var values: [String: JSONValue] = [:]

    /// Everything as the teacher has it.
    public init() {}

    /// An option's value; nil where it is not set.
    public subscript(option: TeacherOption) -> JSONValue? {
        get { values[option.name] }
        set { values[option.name] = newValue }
    }

    /// The value of an option that is a text or a word.
    public subscript(text option: TeacherOption) -> String? {
        get { if case .string(let text)? = values[option.name] { text } else { nil } }
        set { values[option.name] = newValue.map(JSONValue.string) }
    }

    /// The value of an option that is a whole number.
    public subscript(count option: TeacherOption) -> Int? {
        get { self[number: option].flatMap(Int.init(exactly:)) }
        set { self[number: option] = newValue.map(Double.init) }
    }

    /// The value of an option that is a number.
    public subscript(number option: TeacherOption) -> Double? {
        get { if case .number(let number)? = values[option.name] { number } else { nil } }
        set { values[option.name] = newValue.map(JSONValue.number) }
    }

    /// The value of an option that is several names.
    public subscript(names option: TeacherOption) -> [String]? {
        get {
            guard case .array(let members)? = values[option.name] else { return nil }
            return members.compactMap { if case .string(let text) = $0 { text } else { nil } }
        }
        set { values[option.name] = newValue.map { .array($0.map(JSONValue.string)) } }
    }

    /// The value of an option that is several numbers.
    public subscript(numbers option: TeacherOption) -> [Double]? {
        get {
            guard case .array(let members)? = values[option.name] else { return nil }
            return members.compactMap { if case .number(let number) = $0 { number } else { nil } }
        }
        set { values[option.name] = newValue.map { .array($0.map(JSONValue.number)) } }
    }

    /// Refuses settings out of range, before anything is asked.
    ///
    /// - Parameter catalogue: the kinds of teachers whose options there are.
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate(catalogue: Catalogue = .standard) throws {
        for option in catalogue.teacherOptions {
            if let value = values[option.name] { try option.check(value) }
        }
    }
}

extension TeacherSettings: Codable {
    public init(from decoder: any Decoder) throws {
        let options = (decoder.userInfo[.catalogue] as? Catalogue ?? .standard).teacherOptions
        try decoder.refuseKeys(besides: options.map(\.name), in: "asking")
        let container = try decoder.container(keyedBy: SettingKey.self)
        for option in options {
            let key = SettingKey(stringValue: option.name)
            guard container.contains(key), try !container.decodeNil(forKey: key) else { continue }
            values[option.name] = try option.decoded(from: container, forKey: key)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SettingKey.self)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let key = SettingKey(stringValue: name)
            // Whole numbers are written as such, whatever writes them.
            if case .number(let number) = value, let count = Int(exactly: number) {
                try container.encode(count, forKey: key)
            } else {
                try container.encode(value, forKey: key)
            }
        }
    }
}
