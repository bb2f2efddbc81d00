import Attar
import Compute
import Testing

struct DoubleThresholdTests {
    /// Whether a value goes to the left of a threshold once it was placed and is compared as a float.
    private func goesLeft(_ value: Double, of threshold: Double) -> (Bool, certain: Bool) {
        let placed = DoubleThresholds([threshold]).placed(Float(value))
        return (placed.value < DoubleThresholds.firstFloat(above: threshold), placed.isCertain)
    }

    @Test func `Short decimals go where their 64 bits go, at a threshold and beside it`() {
        for hundredths in -500...500 {
            let value = Double(hundredths) / 100
            for threshold in [value, value.nextUp, value.nextDown] {
                let (left, certain) = goesLeft(value, of: threshold)
                #expect(left == (value <= threshold) && certain, "\(value) \(threshold)")
            }
        }
    }

    @Test func `Values of many digits are uncertain beside a threshold, and nowhere else`() {
        #expect(!goesLeft(1_700_000_003, of: 1_700_000_001.5).certain)
        #expect(!goesLeft(20_240_101, of: 20_240_101.5).certain)
        #expect(!goesLeft(0.123456789, of: 0.123456790).certain)
        #expect(goesLeft(0.123456789, of: 0.2).certain && goesLeft(1_700_000_003, of: 1_600_000_000).certain)
        #expect(DoubleThresholds([1, 2]).placed(.nan).isCertain)
    }

    @Test func `Random values go to the side of every threshold that a comparison of 64 bits gives them`() {
        var generator = SeededGenerator(seed: 4)
        let thresholds = (0..<50).map { _ in Double(generator.index(below: 2000)) / 1000 }
        let placing = DoubleThresholds(thresholds)
        for _ in 0..<2000 {
            let value = Double(generator.index(below: 2000)) / 1000
            let placed = placing.placed(Float(value)).value
            for threshold in thresholds {
                #expect(
                    (placed < DoubleThresholds.firstFloat(above: threshold)) == (value <= threshold),
                    "\(value) \(threshold)")
            }
        }
    }
}
