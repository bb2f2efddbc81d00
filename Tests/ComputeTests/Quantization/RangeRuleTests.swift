import Compute
import Testing

struct RangeRuleTests {
    /// Many numbers of one size and a few that are much larger.
    private static func numbers(seed: UInt64, isPositive: Bool = false) -> [Float] {
        var generator = SeededGenerator(seed: seed, stream: "numbers")
        let many = (0..<300_000).map { _ in generator.normal() } + [12, -10]
        return isPositive ? many.map { max($0, 0) } : many
    }

    private static func histogram(_ values: [Float]) -> ValueHistogram {
        var histogram = ValueHistogram()
        values.withUnsafeBufferPointer { values in
            // In two parts, as batches come.
            for half in [values[..<9_000], values[9_000...]] {
                histogram.widen(to: UnsafeBufferPointer(rebasing: half))
            }
            for half in [values[..<9_000], values[9_000...]] { histogram.count(UnsafeBufferPointer(rebasing: half)) }
        }
        return histogram
    }

    /// Σ (x − its byte's number)².
    private static func error(_ form: Quantization, _ values: [Float]) -> Double {
        values.reduce(0) { sum, x in
            let byte = min(max(x / form.scale + form.zero, 0), 255).rounded()
            let difference = Double(x - form.scale * (byte - form.zero))
            return sum + difference * difference
        }
    }

    @Test func `The extremes are the smallest and the largest number, and 0`() {
        #expect(Self.histogram(Self.numbers(seed: 1)).range(by: .extremes) == Quantization(from: -10, to: 12))
        let positive = Self.histogram(Self.numbers(seed: 1, isPositive: true))
        #expect(positive.range(by: .extremes) == Quantization(from: 0, to: 12))
    }

    @Test func `Quantiles leave out the given share at either end`() {
        let form = Self.histogram(Self.numbers(seed: 1)).range(by: .quantiles(share: 0.001))
        // A thousandth of normal numbers lies beyond 3.09; a bin is 0.027 wide.
        #expect(abs(-form.zero * form.scale + 3.09) < 0.2)
        #expect(abs((255 - form.zero) * form.scale - 3.09) < 0.2)
    }

    @Test(arguments: [true, false])
    func `Least squares finds a range of less error than the extremes' and its neighbours'`(isPositive: Bool) {
        let values = Self.numbers(seed: 2, isPositive: isPositive)
        let form = Self.histogram(values).range(by: .leastSquares)
        let (low, high) = (-form.zero * form.scale, (255 - form.zero) * form.scale)
        let best = Self.error(form, values)
        #expect(best < 0.9 * Self.error(Self.histogram(values).range(by: .extremes), values))
        for factor in [Float(0.7), 0.85, 1.2, 1.5] {
            #expect(best < Self.error(Quantization(from: low * factor, to: high * factor), values), "\(factor)")
        }
        #expect(isPositive == (low == 0))
    }

    @Test(arguments: [Float(0), 3, -3])
    func `A tensor that is always the same has a range`(value: Float) {
        let values = [Float](repeating: value, count: 10_000)
        for rule in [RangeRule.extremes, .quantiles(share: 0.001), .leastSquares] {
            let form = Self.histogram(values).range(by: rule)
            #expect(form.scale > 0 && abs(Self.error(form, [value])) < 1e-4)
        }
    }
}
