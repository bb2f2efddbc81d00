/// What a student may cost: time a row, size of its file, time to find it. Nil means no limit.
public struct Budget: Hashable, Codable, Sendable {
    /// The longest median time for one row, in microseconds.
    public var maxLatency: Quantity<LatencyUnit>?
    /// The largest artifact, in bytes.
    public var maxSize: Quantity<SizeUnit>?
    /// How long the search for a student may take, in seconds.
    public var timeBudget: Quantity<TimeUnit>?

    /// No limits, unless given.
    public init(
        maxLatency: Quantity<LatencyUnit>? = nil, maxSize: Quantity<SizeUnit>? = nil,
        timeBudget: Quantity<TimeUnit>? = nil
    ) {
        self.maxLatency = maxLatency
        self.maxSize = maxSize
        self.timeBudget = timeBudget
    }
}

/// A positive number with a unit, written as `20us`, `100KB` or `2min`; a bare number is in the base unit.
public struct Quantity<Unit: QuantityUnit>: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The amount in the base unit: microseconds, bytes or seconds.
    public let amount: Double
    /// As it was written.
    public let description: String

    /// Parses a number and its unit.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where it is not a positive number with a known unit.
    public init(_ text: String) throws {
        let trimmed = text.filter { !$0.isWhitespace }
        let digits = trimmed.prefix { $0.isNumber || $0 == "." || $0 == "," }
        let suffix = String(trimmed.dropFirst(digits.count))
        let factor = suffix.isEmpty ? 1 : Unit.factors.first { $0.suffix.lowercased() == suffix.lowercased() }?.factor
        guard let number = Double(digits), let factor, number > 0, number.isFinite else {
            throw AttarError(
                .invalidSetting, "'\(text)' is not \(Unit.name)",
                remedy: "Write a number and a unit: \(Unit.factors.map(\.suffix).joined(separator: ", "))")
        }
        amount = number * factor
        description = trimmed
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            try self.init(String(number))
        } else {
            try self.init(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What a quantity counts, and the suffixes it may be written with.
public protocol QuantityUnit: Hashable, Sendable {
    /// For messages: "a time such as 20us".
    static var name: String { get }
    /// Suffixes and their size in the base unit.
    static var factors: [(suffix: String, factor: Double)] { get }
}

/// Time a row, in microseconds.
public enum LatencyUnit: QuantityUnit {
    public static var name: String { "a time such as 20us" }
    public static var factors: [(suffix: String, factor: Double)] {
        [("us", 1), ("µs", 1), ("ns", 1e-3), ("ms", 1e3), ("s", 1e6)]
    }
}

/// Size, in bytes.
public enum SizeUnit: QuantityUnit {
    public static var name: String { "a size such as 100KB" }
    public static var factors: [(suffix: String, factor: Double)] {
        [("B", 1), ("KB", 1e3), ("KiB", 1024), ("MB", 1e6), ("MiB", 1_048_576), ("GB", 1e9)]
    }
}

/// Time for a whole search, in seconds.
public enum TimeUnit: QuantityUnit {
    public static var name: String { "a time such as 120s" }
    public static var factors: [(suffix: String, factor: Double)] {
        [("s", 1), ("ms", 1e-3), ("min", 60), ("h", 3600)]
    }
}
