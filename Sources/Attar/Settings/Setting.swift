/// A setting of a run, declared once: its key in a recipe, its default, what values it takes, its sentence for help, its flag.
///
/// A declaration is a member of `RecipeSettings`, and all there is to adding a setting: recipes read, check and write it, `attar distill` has its flag, help and documentation
/// list it, and it is a member of `Recipe` and `DistillationSettings` by the same name.
public struct Setting<Value: Codable & Hashable & Sendable, Scope: SettingScope>: Sendable {
    package let name: String
    package let flagName: String?
    package let valueName: String
    package let help: String
    package let form: SettingForm
    package let group: SettingGroup
    package let usualText: String?
    package let isRepeated: Bool
    package let valueOfBareFlag: String?
    /// Whether `attar train` takes it, too.
    package let isForTraining: Bool
    /// The value where none is given.
    let usual: Value
    /// When recipes write it.
    private let writing: SettingWriting
    private let read: @Sendable ([String]) throws -> Value
    private let checked: @Sendable (Value) throws -> Void

    /// A setting.
    ///
    /// - Parameters:
    ///   - usual: the value where none is given.
    ///   - form: what values it takes.
    ///   - given: the flag without its dashes; nil makes it of the name.
    ///   - hasFlag: whether there is one.
    ///   - valueName: what stands for the value in help.
    ///   - usualText: the default in words, where the value does not say it.
    ///   - isRepeated: whether the flag can be given several times.
    ///   - valueOfBareFlag: the value of the flag given without one.
    ///   - isForTraining: whether `attar train` takes it, too.
    ///   - writing: when recipes write it.
    ///   - read: what the texts behind the flag stand for; nil as values of the type are read.
    package init(
        _ name: String, _ usual: Value, _ form: SettingForm, in group: SettingGroup, flag given: String? = nil,
        hasFlag: Bool = true,
        valueName: String = "", usually usualText: String? = nil, isRepeated: Bool = false,
        valueOfBareFlag: String? = nil, isForTraining: Bool = false, written writing: SettingWriting = .whereChanged,
        help: String, read: (@Sendable ([String]) throws -> Value)? = nil
    ) where Value: SettingValue {
        let flag = hasFlag ? given ?? name.asFlag : nil
        (self.name, self.usual, self.form, self.group, flagName) = (name, usual, form, group, flag)
        (self.valueName, self.help, self.writing) = (valueName, help, writing)
        self.usualText = usualText ?? usual.shown
        self.isRepeated = isRepeated || form == .texts
        (self.valueOfBareFlag, self.isForTraining) = (valueOfBareFlag, isForTraining)
        self.read = read ?? { try Value(given: $0, flag: flag ?? name) }
        checked = { value in
            if let checked = value.checked { try form.check(checked, of: name) }
            try value.checkParts()
        }
    }
}

/// Where a setting's value means the same.
public protocol SettingScope: Sendable {}

/// A setting that a recipe and a distiller share.
public enum Shared: SettingScope {}

/// A setting that a recipe has in words, and that a distiller holds as what the words mean: a student's name is an estimator there.
public enum InWords: SettingScope {}

/// A setting of recipes alone.
public typealias WordSetting<Value: Codable & Hashable & Sendable> = Setting<Value, InWords>
/// A setting of recipes and distillers.
public typealias SharedSetting<Value: Codable & Hashable & Sendable> = Setting<Value, Shared>

/// When a recipe that is written has a key.
package enum SettingWriting: Sendable {
    /// Where the value is not the default, which suits every new setting: what was written before it came stays the same.
    case whereChanged
    /// In any case.
    case always
    /// Where the recipe wants it.
    case when(@Sendable (Recipe) -> Bool)
}

/// A setting of a recipe, whatever its type.
package protocol RecipeSetting: DeclaredSetting {
    /// Whether `attar train` takes it, too.
    var isForTraining: Bool { get }
    /// Whether a distiller has it, too.
    var isShared: Bool { get }
    /// Takes over what a recipe says.
    func decode(from container: KeyedDecodingContainer<SettingKey>, into values: inout SettingValues) throws
    /// Writes what a recipe is to say.
    func encode(_ recipe: Recipe, into container: inout KeyedEncodingContainer<SettingKey>) throws
    /// Takes over what a command line says.
    func take(_ texts: [String], into values: inout SettingValues) throws
    /// Refuses a value out of range.
    func check(_ values: SettingValues) throws
}

extension Setting: RecipeSetting {
    package var isShared: Bool { Scope.self == Shared.self }

    package func decode(
        from container: KeyedDecodingContainer<SettingKey>, into values: inout SettingValues
    ) throws {
        let key = SettingKey(stringValue: name)
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return }
        values[self] = try container.decode(Value.self, forKey: key)
    }

    package func encode(_ recipe: Recipe, into container: inout KeyedEncodingContainer<SettingKey>) throws {
        let value = recipe.values[self]
        let isWritten =
            switch writing {
            case .whereChanged: value != usual
            case .always: true
            case .when(let wants): wants(recipe)
            }
        if isWritten { try container.encode(value, forKey: SettingKey(stringValue: name)) }
    }

    package func take(_ texts: [String], into values: inout SettingValues) throws { values[self] = try read(texts) }

    package func check(_ values: SettingValues) throws { try checked(values[self]) }
}

/// A setting's name as a key.
package struct SettingKey: CodingKey {
    package let stringValue: String
    package let intValue: Int? = nil
    package init(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }
}
