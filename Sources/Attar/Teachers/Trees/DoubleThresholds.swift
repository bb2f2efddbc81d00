/// The thresholds of a feature where the model compares 64-bit numbers and the table holds 32-bit ones.
///
/// A value that was written with few digits is known exactly: it is the shortest number that is rounded to the float. So it goes where the library sends it. A value of
/// many digits, or beyond 2²⁴, may be any that is rounded to the float; where a threshold lies among these, nobody knows on which side it was.
package struct DoubleThresholds: Sendable {
    /// The thresholds, sorted, each once.
    private let doubles: [Double]
    /// For each the first float above it: a float below goes left.
    private let floats: [Float]

    /// The thresholds of a feature, in any order.
    package init(_ thresholds: some Sequence<Double>) {
        doubles = Set(thresholds).sorted()
        floats = doubles.map(Self.firstFloat(above:))
    }

    /// A value as a float that goes where the value goes, and whether that is certain.
    package func placed(_ value: Float) -> (value: Float, isCertain: Bool) {
        guard !value.isNaN, let first = firstFloat(from: value) else { return (value, true) }
        let bound = floats[first]
        guard bound == value || bound == value.nextUp else { return (value, true) }
        var last = first
        while last + 1 < floats.count, floats[last + 1] == bound { last += 1 }
        let written = Double(value.description) ?? Double(value)
        let isCertain = abs(value) < 0x1p24 && Self.digits(of: value) <= 6
        if written <= doubles[first] { return (min(value, bound.nextDown), isCertain) }
        if written > doubles[last] { return (max(value, bound), isCertain) }
        // Between two thresholds that no float tells apart.
        return (value, false)
    }

    /// The float t with x ≤ threshold exactly where x < t, for every float x.
    package static func firstFloat(above threshold: Double) -> Float {
        let nearest = Float(threshold)
        return Double(nearest) > threshold ? nearest : nearest.nextUp
    }

    /// The place of the first bound from a value on.
    private func firstFloat(from value: Float) -> Int? {
        var (low, high) = (0, floats.count)
        while low < high {
            let middle = (low + high) / 2
            if floats[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < floats.count ? low : nil
    }

    /// How many digits the shortest way of writing a number has.
    private static func digits(of value: Float) -> Int {
        let text = value.description.prefix { $0 != "e" }.filter(\.isNumber)
        let significant = text.drop { $0 == "0" }
        return significant.count - significant.reversed().prefix { $0 == "0" }.count
    }
}
