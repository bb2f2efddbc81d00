/// A setting as help, documentation and command lines see it, whatever holds its value.
package protocol DeclaredSetting: Sendable {
    /// The key in a recipe: "testFraction".
    var name: String { get }
    /// The flag without its dashes: "test-fraction"; nil for a key that has none of its own.
    var flagName: String? { get }
    /// What stands for the value in help: "share".
    var valueName: String { get }
    /// One sentence for help.
    var help: String { get }
    /// What values it takes.
    var form: SettingForm { get }
    /// The heading of help under which it stands.
    var group: SettingGroup { get }
    /// The value where none is given, in words; nil where nothing is said of it.
    var usualText: String? { get }
    /// Whether the flag can be given several times.
    var isRepeated: Bool { get }
    /// The value of a flag that is given without one; nil for a flag that needs one.
    var valueOfBareFlag: String? { get }
}

extension DeclaredSetting {
    /// Most flags stand once, unless the value is a list of texts.
    package var isRepeated: Bool { form == .texts }
    /// Most flags need a value.
    package var valueOfBareFlag: String? { nil }

    /// Type, range and default, for help: "whole number, from 2 to 100; default: 5".
    package var facts: String {
        [form.words, usualText.map { "default: \($0)" }].compactMap { $0 }.joined(separator: "; ")
    }

    /// The sentence with what of type and range does not go without saying: "Folds … answers (from 2 to 100; default: 5)."
    package var sentence: String {
        // A word's or a number's range says more than the type, which the name of the value tells.
        let range = form.range.hasPrefix("such as") && help.contains("such as") ? "" : form.range
        let usual = usualText.map { "default: \($0)" }
        let aside = [range, usual ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
        guard !aside.isEmpty else { return help }
        return "\(help.hasSuffix(".") ? String(help.dropLast()) : help) (\(aside))."
    }
}

extension String {
    /// A key as a flag: `maxTokens` becomes `max-tokens`.
    var asFlag: String { String(flatMap { $0.isUppercase ? ["-"] + Array($0.lowercased()) : [$0] }) }
}
