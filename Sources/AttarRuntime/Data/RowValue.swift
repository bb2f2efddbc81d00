/// One value of a row that is written down in code: a number, a text, an array of numbers, or nothing.
///
/// Literals become values: `["age": 41, "plan": "gold", "is new": true, "since": nil]`.
public enum RowValue: Hashable, Sendable {
    /// A number; NaN stands for a missing one.
    case number(Double)
    /// A text or the name of a category; an empty one is missing.
    case text(String)
    /// An array, element after element, such as a picture's pixels or a text's token ids.
    case array([Float])
    /// No value.
    case missing
}

extension RowValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
}

extension RowValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}

extension RowValue: ExpressibleByBooleanLiteral {
    /// The text `true` or `false`, as which data files are read.
    public init(booleanLiteral value: Bool) { self = .text(value ? "true" : "false") }
}

extension RowValue: ExpressibleByArrayLiteral {
    /// An array of numbers.
    public init(arrayLiteral elements: Float...) { self = .array(elements) }
}

extension RowValue: ExpressibleByNilLiteral {
    /// A missing value.
    public init(nilLiteral: ()) { self = .missing }
}

extension RowValue: CustomStringConvertible {
    /// As messages show it.
    public var description: String {
        switch self {
        case .number(let value): "the number \(value)"
        case .text(let text): "the text '\(text.prefix(40))'"
        case .array(let values): "an array of \(values.count) numbers"
        case .missing: "no value"
        }
    }
}
