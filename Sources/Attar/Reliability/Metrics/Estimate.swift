/// A measured figure with its 95 % interval.
public struct Estimate: Hashable, Codable, Sendable {
    /// The figure on the rows as they are.
    public let value: Double
    /// The lower end of the interval.
    public let low: Double
    /// The upper end of the interval.
    public let high: Double

    /// A figure with its interval.
    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// A figure that is known exactly.
    public init(exactly value: Double) {
        self.init(value: value, low: value, high: value)
    }

    /// A figure with the 2.5th and 97.5th percentile of its replicates.
    init(value: Double, replicates: [Double]) {
        let sorted = replicates.sorted()
        self.init(
            value: value, low: sorted.isEmpty ? value : Self.percentile(0.025, of: sorted),
            high: sorted.isEmpty ? value : Self.percentile(0.975, of: sorted))
    }

    /// The value below which the given share of sorted numbers lies, interpolated linearly.
    ///
    /// - Precondition: there is at least one number.
    static func percentile(_ share: Double, of sorted: [Double]) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = Int(position)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
    }
}
