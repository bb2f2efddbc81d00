/// A setting by which a teacher is asked: a key under a recipe's `asking` and a flag of every command that asks.
///
/// What every teacher has stands in `TeacherOption.shared`; what only one kind understands, that kind declares. A typed view of it is one line, as in
/// `settings[count: .maxTokens]`.
public struct TeacherOption: Hashable, Sendable {
    /// What values it takes.
    public enum Form: Hashable, Sendable {
        /// Any text.
        case text
        /// One of some words.
        case word([String])
        /// Two or more different names.
        case names
        /// A whole number of a range.
        case count(ClosedRange<Int>)
        /// A finite number above 0.
        case positive
        /// A price: a finite number, 0 or more.
        case price
        /// So many prices.
        case prices(Int)
        /// A time such as 60s.
        case time
    }

    /// The key, as in a recipe: "maxTokens".
    public let name: String
    /// The flag, without its dashes: "max-tokens".
    public let flag: String
    /// What stands for the value in help: "count".
    public let placeholder: String
    /// One sentence for help.
    public let help: String
    /// What values it takes.
    public let form: Form

    /// A setting.
    ///
    /// - Parameter flag: nil makes it of the name: `maxTokens` is `--max-tokens`.
    public init(_ name: String, _ form: Form, flag: String? = nil, placeholder: String, help: String) {
        self.flag =
            flag
            ?? String(name.flatMap { $0.isUppercase ? ["-"] + Array($0.lowercased()) : [$0] })
        (self.name, self.form, self.placeholder, self.help) = (name, form, placeholder, help)
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
        case .text, .word, .time: return .string(text)
        case .names: return .array(Self.parts(of: text).map(JSONValue.string))
        case .positive, .price: return .number(try number(text, "Give a number, such as 0.5"))
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
    public func check(_ value: JSONValue) throws {
        func require(_ holds: Bool, _ shown: some CustomStringConvertible, _ range: String) throws {
            guard holds else { throw AttarError(.invalidSetting, "\(name) is \(shown), but must be \(range)") }
        }
        switch (form, value) {
        case (.text, .string): break
        case (.word(let words), .string(let word)): try require(words.contains(word), word, Self.list(words))
        case (.names, .array(let values)):
            let names = values.compactMap(\.text)
            try require(
                names.count == values.count && names.count > 1 && Set(names).count == names.count,
                names.joined(separator: ","), "two or more different names")
        case (.count(let range), .number(let number)):
            let shown = Int(exactly: number).map { "\($0)" } ?? "\(number)"
            try require(
                Int(exactly: number).map(range.contains) ?? false, shown,
                "from \(range.lowerBound)" + (range.upperBound == .max ? "" : " to \(range.upperBound)"))
        case (.positive, .number(let number)): try require(number > 0 && number.isFinite, number, "above 0")
        case (.price, .number(let number)): try require(number >= 0 && number.isFinite, number, "0 or more")
        case (.prices(let count), .array(let values)):
            let prices = values.compactMap(\.number)
            try require(
                prices.count == count && values.count == count, values.count,
                "\(count) prices, of tokens read and written")
            for price in prices { try require(price >= 0 && price.isFinite, price, "0 or more") }
        case (.time, .string(let text)): _ = try Quantity<TimeUnit>(text)
        default: try require(false, "of the wrong type", "as --help says of --\(flag)")
        }
    }

    /// The value in a recipe.
    func decoded<Key>(from values: KeyedDecodingContainer<Key>, forKey key: Key) throws -> JSONValue {
        switch form {
        case .text, .word: .string(try values.decode(String.self, forKey: key))
        case .time: .string(try values.decode(Quantity<TimeUnit>.self, forKey: key).description)
        case .names: .array(try values.decode([String].self, forKey: key).map(JSONValue.string))
        case .count: .number(Double(try values.decode(Int.self, forKey: key)))
        case .positive, .price: .number(try values.decode(Double.self, forKey: key))
        case .prices: .array(try values.decode([Double].self, forKey: key).map(JSONValue.number))
        }
    }

    /// "mean or cls"; "one of logits, probabilities, values" for more than two.
    private static func list(_ words: [String]) -> String {
        guard words.count > 2, let last = words.last else { return words.joined(separator: " or ") }
        return "\(words.dropLast().joined(separator: ", ")) or \(last)"
    }

    private static func parts(of text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingBlanks() }
    }
}

extension JSONValue {
    /// The text that it is; nil for anything else.
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The number that it is; nil for anything else.
    fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
}
