/// What a setting can hold: how it is read from a command line, and how its range is checked.
package protocol SettingValue: Codable, Hashable, Sendable {
    /// The value that what follows a flag stands for, each time the flag was given.
    ///
    /// - Parameter flag: for messages.
    /// - Throws: `AttarError` (`invalidSetting`) naming the flag where it stands for none.
    init(given texts: [String], flag: String) throws

    /// The value as forms check it; nil for nothing to check.
    var checked: JSONValue? { get }

    /// The value as help shows it; nil for none.
    var shown: String? { get }

    /// Refuses a value that is wrong in itself, beside what its form says.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func checkParts() throws
}

extension SettingValue {
    /// Most values are right where their form is.
    package func checkParts() throws {}

    /// What has no flag of its own is never read from a command line.
    package init(given texts: [String], flag: String) throws {
        throw AttarError(.invalidSetting, "--\(flag) takes no value")
    }
    /// Nothing to check.
    package var checked: JSONValue? { nil }
    /// Nothing to show.
    package var shown: String? { nil }
}

extension SettingValue where Self: LosslessStringConvertible {
    /// The value that a text stands for.
    fileprivate static func parsed(_ texts: [String], flag: String, as type: String) throws -> Self {
        let text = texts.last ?? ""
        guard let value = Self(text) else {
            throw AttarError(
                .invalidSetting, "'\(text)' in --\(flag) is not \(type)", remedy: "See 'attar help recipe'")
        }
        return value
    }
}

extension String: SettingValue {
    package init(given texts: [String], flag: String) throws { self = texts.last ?? "" }
    package var checked: JSONValue? { .string(self) }
    package var shown: String? { self }
}

extension Int: SettingValue {
    package init(given texts: [String], flag: String) throws {
        self = try Self.parsed(texts, flag: flag, as: "a whole number")
    }
    package var checked: JSONValue? { .number(Double(self)) }
    package var shown: String? { "\(self)" }
}

extension UInt64: SettingValue {
    package init(given texts: [String], flag: String) throws {
        self = try Self.parsed(texts, flag: flag, as: "a whole number, 0 or more")
    }
    package var shown: String? { "\(self)" }
}

extension Double: SettingValue {
    package init(given texts: [String], flag: String) throws {
        // "30%" is a share, as it is in what is required.
        let percent = texts.last.flatMap { $0.hasSuffix("%") ? Double($0.dropLast()) : nil }
        self = try percent.map { $0 / 100 } ?? Self.parsed(texts, flag: flag, as: "a number")
    }
    package var checked: JSONValue? { .number(self) }
    package var shown: String? { Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}

extension Bool: SettingValue {
    package init(given texts: [String], flag: String) throws {
        self = try texts.isEmpty || Self.parsed(texts, flag: flag, as: "true or false")
    }
    package var checked: JSONValue? { .bool(self) }
    package var shown: String? { self ? "true" : nil }
}

extension Optional: SettingValue where Wrapped: SettingValue {
    package init(given texts: [String], flag: String) throws { self = try Wrapped(given: texts, flag: flag) }
    package var checked: JSONValue? { flatMap(\.checked) }
    package var shown: String? { flatMap(\.shown) }
    package func checkParts() throws { try self?.checkParts() }
}

extension Array: SettingValue where Element: SettingValue {
    package init(given texts: [String], flag: String) throws {
        self = try texts.map { try Element(given: [$0], flag: flag) }
    }
    package func checkParts() throws { for element in self { try element.checkParts() } }
}

extension Quantity: SettingValue {
    package init(given texts: [String], flag: String) throws { try self.init(texts.last ?? "") }
    package var checked: JSONValue? { .string(description) }
    package var shown: String? { description }
}

/// A value that is one of some words.
package protocol WordValue: SettingValue, RawRepresentable where RawValue == String {
    init(rawValue: String)
}

extension WordValue {
    package init(given texts: [String], flag: String) throws { self.init(rawValue: texts.last ?? "") }
    package var checked: JSONValue? { .string(rawValue) }
    package var shown: String? { rawValue }
}

extension LearningTask.Kind: WordValue {}
extension EvidenceEffort: WordValue {}
extension Aim: WordValue {}
extension SetMethod: WordValue {}

extension FeatureTerm: SettingValue {
    package init(given texts: [String], flag: String) throws { try self.init(texts.last ?? "") }
    package func checkParts() throws { try validate() }
}

extension Thresholds: SettingValue {
    package func checkParts() throws { try validate() }
}

// Checked where the teacher is, with the catalogue whose options there are.
extension TeacherSettings: SettingValue {}
extension WeightedTeacher: SettingValue {}
