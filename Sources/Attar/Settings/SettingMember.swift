/// A key of a mapping in a recipe, such as `thresholds`, that a member of a value stands for: its name and what values it takes, once. The default is the member's.
package struct SettingMember<Root: Sendable>: Sendable {
    /// The key.
    package let name: String
    /// The default, in words.
    package let usualText: String?

    /// Takes over what a recipe says.
    let decode: @Sendable (KeyedDecodingContainer<SettingKey>, inout Root) throws -> Void
    /// Refuses a value out of range. The text stands before its name in messages: "thresholds.".
    let check: @Sendable (Root, String) throws -> Void

    /// A member.
    ///
    /// - Parameters:
    ///   - member: where it is.
    ///   - form: what values it takes.
    ///   - usual: a value of the defaults.
    package init<Value: SettingValue>(
        _ name: String, _ member: any WritableKeyPath<Root, Value> & Sendable, _ form: SettingForm, of usual: Root
    ) {
        self.name = name
        usualText = usual[keyPath: member].shown
        decode = { container, root in
            let key = SettingKey(stringValue: name)
            if let value = try container.decodeIfPresent(Value.self, forKey: key) { root[keyPath: member] = value }
        }
        check = { root, place in
            if let value = root[keyPath: member].checked { try form.check(value, of: place + name) }
        }
    }
}
