/// An option of a model's name, such as `epochs=40` in `mlp[64,epochs=40]`, that a member of the model's settings stands for: its name, what values it
/// takes and what it means, once. The default is the member's.
public struct ModelOption<Root: Sendable>: Sendable {
    /// The name in brackets.
    public let name: String
    /// What it means, for documentation; empty where the name says it.
    package let help: String
    /// What values it takes, in words: "at least 1".
    package let range: String
    /// The words that it takes; none for an option of another type.
    package let words: [String]

    /// The value in words, for documentation.
    package let shown: @Sendable (Root) -> String
    /// Takes over what a specification says.
    let read: @Sendable (Specification, inout Root) throws -> Void
    /// Refuses a value out of range, with the family's name in the message.
    let check: @Sendable (Root, String) throws -> Void

    /// An option that is a number, or none.
    ///
    /// - Parameters:
    ///   - member: where it is.
    ///   - range: the numbers that it takes; nil where the settings as a whole are checked.
    ///   - words: the range in words; nil for those of the range itself.
    ///   - limit: what it must not exceed.
    ///   - none: what it is where it is no number.
    package init<Value: OptionNumber>(
        _ name: String, _ member: any WritableKeyPath<Root, Value> & Sendable, _ range: NumberRange? = nil,
        _ words: String? = nil, atMost limit: (@Sendable (Root) -> Int)? = nil, none: String = "none",
        help: String = ""
    ) {
        let rangeWords = words ?? range?.words ?? ""
        (self.name, self.help, self.range, self.words) = (name, help, rangeWords, [])
        shown = { $0[keyPath: member].shown ?? none }
        read = { specification, root in
            if specification.named[name] != nil { root[keyPath: member] = try Value(of: name, in: specification) }
        }
        check = { root, family in
            guard let range, let value = root[keyPath: member].asNumber else { return }
            let most = limit.map { Double($0(root)) } ?? .infinity
            guard range.contains(value.number), value.number <= most else {
                let wanted = rangeWords.trimmingPrefix("from ")
                throw AttarError(.invalidSetting, "\(family)'s \(name) is \(value.text)", remedy: "Give \(wanted)")
            }
        }
    }

    /// An option that is true or false.
    package init(_ name: String, _ member: any WritableKeyPath<Root, Bool> & Sendable, help: String = "") {
        (self.name, self.help, range, words) = (name, help, SettingForm.flag.type, [])
        shown = { "\($0[keyPath: member])" }
        read = { specification, root in
            root[keyPath: member] = try specification.flag(name, default: root[keyPath: member])
        }
        check = { _, _ in }
    }

    /// An option that is one of an enumeration's words; another is refused where it is read.
    package init<Value: CaseIterable & RawRepresentable<String> & Sendable>(
        _ name: String, _ member: any WritableKeyPath<Root, Value> & Sendable, help: String = ""
    ) {
        let words = Value.allCases.map(\.rawValue)
        (self.name, self.help, range, self.words) = (name, help, SettingForm.word(words).range, words)
        shown = { $0[keyPath: member].rawValue }
        read = { specification, root in
            guard let text = specification.named[name] else { return }
            try requireKnown(text, among: words, name, of: specification.name)
            root[keyPath: member] = Value(rawValue: text) ?? root[keyPath: member]
        }
        check = { _, _ in }
    }

    /// An option that is one of some words, of a type to which more may be added; another is refused where the settings are checked.
    package init<Value: RawRepresentable<String> & Sendable>(
        _ name: String, _ member: any WritableKeyPath<Root, Value> & Sendable, among values: [Value], help: String = ""
    ) {
        let words = values.map(\.rawValue)
        (self.name, self.help, range, self.words) = (name, help, SettingForm.word(words).range, words)
        shown = { $0[keyPath: member].rawValue }
        read = { specification, root in
            guard let text = specification.named[name] else { return }
            root[keyPath: member] = Value(rawValue: text) ?? root[keyPath: member]
        }
        check = { root, family in
            try requireKnown(root[keyPath: member].rawValue, among: words, name, of: family)
        }
    }
}

/// A number that an option of a model's name can be.
package protocol OptionNumber: SettingValue {
    /// The value of an option that the specification names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a text that is no such number.
    init(of option: String, in specification: Specification) throws

    /// The number as ranges and messages have it; nil for none.
    var asNumber: (number: Double, text: String)? { get }
}

extension Int: OptionNumber {
    package init(of option: String, in specification: Specification) throws {
        self = try specification.integer(option, default: 0)
    }
    package var asNumber: (number: Double, text: String)? { (Double(self), "\(self)") }
}

extension Double: OptionNumber {
    package init(of option: String, in specification: Specification) throws {
        self = try specification.number(option, default: 0)
    }
    package var asNumber: (number: Double, text: String)? { (self, "\(self)") }
}

extension Optional: OptionNumber where Wrapped: OptionNumber {
    package init(of option: String, in specification: Specification) throws {
        self = try Wrapped(of: option, in: specification)
    }
    package var asNumber: (number: Double, text: String)? { flatMap(\.asNumber) }
}
