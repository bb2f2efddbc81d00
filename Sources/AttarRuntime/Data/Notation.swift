/// How a column's values are written, where a value by itself does not tell: is 1,234 more than a thousand, is 02.03.2024 in February?
public enum Notation: Hashable, Sendable {
    /// Numbers that are not written plainly.
    case numbers(NumberNotation)
    /// Dates and times.
    case dates(DateNotation)

    /// The notation of numbers; nil for dates.
    public var numbers: NumberNotation? { if case .numbers(let numbers) = self { numbers } else { nil } }
    /// The notation of dates; nil for numbers.
    public var dates: DateNotation? { if case .dates(let dates) = self { dates } else { nil } }
}

/// How numbers are written.
public struct NumberNotation: Hashable, Codable, Sendable {
    /// What stands before the fraction.
    public enum Decimal: String, Hashable, Codable, Sendable, CaseIterable {
        /// 1,234.5
        case point = "."
        /// 1.234,5
        case comma = ","
    }

    /// What stands before the fraction.
    public var decimal: Decimal
    /// Whether a sign of percent follows each number: 45% is 0.45.
    public var isPercent: Bool

    /// By default plain numbers.
    public init(decimal: Decimal = .point, isPercent: Bool = false) {
        (self.decimal, self.isPercent) = (decimal, isPercent)
    }

    /// As programming languages write numbers.
    public static let plain = NumberNotation()
}

/// How dates are written: which part of a date of figures alone comes first.
public enum DateNotation: String, Hashable, Codable, Sendable, CaseIterable {
    /// 2024-01-31, and times of day alone.
    case yearFirst = "date"
    /// 31.01.2024, 31/01/2024
    case dayFirst = "day-first"
    /// 01/31/2024
    case monthFirst = "month-first"
}
