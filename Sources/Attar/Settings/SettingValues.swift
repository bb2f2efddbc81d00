/// The values of settings that are not the defaults, by the settings' names.
package struct SettingValues: Sendable {
    private var changed: [String: any Hashable & Sendable] = [:]

    /// The defaults.
    package init() {}

    /// A setting's value.
    package subscript<Value, Scope>(setting: Setting<Value, Scope>) -> Value {
        get { changed[setting.name] as? Value ?? setting.usual }
        set {
            if newValue == setting.usual {
                changed[setting.name] = nil
            } else {
                changed[setting.name] = newValue
            }
        }
    }

    /// Those of some settings alone.
    func only(_ settings: [any RecipeSetting]) -> SettingValues {
        let names = Set(settings.map(\.name))
        var values = self
        values.changed = changed.filter { names.contains($0.key) }
        return values
    }

    /// These and others; each setting stands in one of the two.
    func joined(with others: SettingValues) -> SettingValues {
        var values = self
        values.changed.merge(others.changed) { _, other in other }
        return values
    }
}

extension SettingValues: Hashable {
    package static func == (left: SettingValues, right: SettingValues) -> Bool {
        left.comparable == right.comparable
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(comparable) }

    private var comparable: [String: AnyHashable] { changed.mapValues { AnyHashable($0) } }
}
