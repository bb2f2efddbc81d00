/// What values a setting takes: how a value is checked, and how help and error sentences name its type and its range.
public enum SettingForm: Hashable, Sendable {
    /// Any text.
    case text
    /// Any number of texts.
    case texts
    /// One of some words.
    case word([String])
    /// Two or more different names.
    case names
    /// A whole number of a range.
    case count(ClosedRange<Int>)
    /// A number of a range.
    case number(NumberRange)
    /// Any number of numbers, negative ones, too.
    case numbers
    /// So many prices, numbers of 0 or more.
    case prices(Int)
    /// A time such as 60s.
    case time
    /// A time a row such as 20us.
    case latency
    /// A size such as 100KB.
    case size
    /// A share such as 1%, or a number of rows.
    case allowance
    /// Yes or no.
    case flag
    /// Settings of its own, by their names.
    case mapping

    /// A finite number above 0.
    public static let positive = SettingForm.number(.above(0))
    /// A price: a finite number, 0 or more.
    public static let price = SettingForm.number(.from(0))
}

extension SettingForm {
    /// The type, for help: "whole number".
    public var type: String {
        switch self {
        case .text: "text"
        case .texts: "list of texts"
        case .word: "word"
        case .names: "list of names"
        case .count: "whole number"
        case .number: "number"
        case .numbers: "list of numbers"
        case .prices(let count): "list of \(count) numbers"
        case .time, .latency: "time"
        case .size: "size"
        case .allowance: "share or whole number"
        case .flag: "true or false"
        case .mapping: "mapping"
        }
    }

    /// What of the type it takes, for help and error sentences: "from 1 to 9"; empty where it takes all.
    public var range: String {
        switch self {
        case .text, .texts, .flag, .mapping, .numbers: ""
        case .word(let words): Self.list(words)
        case .names: "two or more different names"
        case .count(let range):
            range.upperBound == .max
                ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): range.words
        case .prices(let count): "\(count) prices, of tokens read and written"
        case .time: "such as 60s"
        case .latency: "such as 20us"
        case .size: "such as 100KB"
        case .allowance: "such as 1% or 20"
        }
    }

    /// Type and range together, for help: "whole number, from 1 to 9".
    public var words: String {
        switch self {
        case .word, .names, .prices: range
        default: range.isEmpty ? type : "\(type), \(range)"
        }
    }

    /// Refuses a value that is out of range.
    ///
    /// - Parameter name: the setting's, for the message.
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func check(_ value: JSONValue, of name: String) throws {
        func require(_ holds: Bool, _ shown: String, _ remedy: String = "") throws {
            guard holds else {
                throw AttarError(.invalidSetting, "\(name) is \(shown), but must be \(range)", remedy: remedy)
            }
        }
        switch (self, value) {
        case (.text, .string), (.texts, .array), (.flag, .bool), (.mapping, .object): break
        case (.latency, .string), (.size, .string): break  // a `Quantity` already, or none would have been made
        case (.word(let words), .string(let word)):
            try require(words.contains(word), word, words.count > 3 ? didYouMean(word, among: words) : "")
        case (.numbers, .array(let values)):
            guard values.allSatisfy({ $0.number != nil }) else {
                throw AttarError(
                    .invalidSetting, "\(name) holds something else than numbers", remedy: "Give a \(words)")
            }
        case (.names, .array(let values)):
            let names = values.compactMap(\.text)
            try require(
                names.count == values.count && names.count > 1 && Set(names).count == names.count,
                names.joined(separator: ","))
        case (.count(let range), .number(let number)):
            let shown = Int(exactly: number).map { "\($0)" } ?? "\(number)"
            try require(Int(exactly: number).map(range.contains) ?? false, shown)
        case (.number(let range), .number(let number)): try require(range.contains(number), "\(number)")
        case (.prices(let count), .array(let values)):
            let prices = values.compactMap(\.number)
            try require(prices.count == count && values.count == count, "\(values.count)")
            for price in prices { try SettingForm.price.check(.number(price), of: name) }
        case (.time, .string(let text)): _ = try Quantity<TimeUnit>(text)
        case (.allowance, .string(let text)): _ = try Allowance(text)
        default: throw AttarError(.invalidSetting, "\(name) is of the wrong type", remedy: "Give a \(words)")
        }
    }

    /// "mean or cls"; "logits, probabilities or values" for more than two.
    private static func list(_ words: [String]) -> String {
        guard words.count > 2, let last = words.last else { return words.joined(separator: " or ") }
        return "\(words.dropLast().joined(separator: ", ")) or \(last)"
    }
}

extension JSONValue {
    /// The text that it is; nil for anything else.
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The number that it is; nil for anything else.
    fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
}
