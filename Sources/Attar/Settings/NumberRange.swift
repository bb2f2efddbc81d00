/// The numbers that a setting takes. All are finite.
public struct NumberRange: Hashable, Sendable {
    /// The least number, or what all numbers lie above; nil for no end.
    public let lower: Double?
    /// The greatest number, or what all numbers lie below; nil for no end.
    public let upper: Double?
    /// Whether `lower` is among them.
    public let includesLower: Bool
    /// Whether `upper` is among them.
    public let includesUpper: Bool

    private init(_ lower: Double?, _ upper: Double?, includesLower: Bool, includesUpper: Bool) {
        (self.lower, self.upper) = (lower, upper)
        (self.includesLower, self.includesUpper) = (includesLower, includesUpper)
    }

    /// Numbers above the given one, at most the other.
    public static func above(_ lower: Double, atMost upper: Double? = nil) -> NumberRange {
        NumberRange(lower, upper, includesLower: false, includesUpper: true)
    }

    /// Numbers from the given one on, below the other.
    public static func from(_ lower: Double, below upper: Double? = nil) -> NumberRange {
        NumberRange(lower, upper, includesLower: true, includesUpper: false)
    }

    /// Numbers from the given one to the other.
    public static func from(_ lower: Double, to upper: Double) -> NumberRange {
        NumberRange(lower, upper, includesLower: true, includesUpper: true)
    }

    /// Numbers between the two, neither of them among these.
    public static func between(_ lower: Double, _ upper: Double) -> NumberRange {
        NumberRange(lower, upper, includesLower: false, includesUpper: false)
    }

    /// Whether the number is one of them.
    public func contains(_ number: Double) -> Bool {
        number.isFinite
            && (lower.map { includesLower ? number >= $0 : number > $0 } ?? true)
            && (upper.map { includesUpper ? number <= $0 : number < $0 } ?? true)
    }

    /// For example "above 0, at most 1000".
    public var words: String {
        let ends = [lower, upper].map { $0.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" } }
        switch (ends[0], ends[1], includesLower, includesUpper) {
        case (let low?, nil, true, _): return "\(low) or more"
        case (let low?, nil, false, _): return "above \(low)"
        case (let low?, let high?, true, true): return "from \(low) to \(high)"
        case (let low?, let high?, false, false): return "between \(low) and \(high)"
        case (let low?, let high?, true, false): return "\(low) or more, below \(high)"
        case (let low?, let high?, false, true): return "above \(low), at most \(high)"
        case (nil, let high?, _, true): return "at most \(high)"
        case (nil, let high?, _, false): return "below \(high)"
        case (nil, nil, _, _): return "finite"
        }
    }
}
