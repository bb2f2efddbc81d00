import Attar
import Testing

struct SeedDifferenceTests {
    private static func member(_ value: Double) -> Evaluation {
        Evaluation(metrics: [.accuracy], values: [value], replicates: [[Double]](repeating: [value], count: 1_000))
    }

    /// Rows that never differ, so that the interval is that of the seeds alone.
    private static func interval(_ students: [Double], _ twins: [Double], withSeeds: Bool = true) -> Estimate? {
        Evaluation.difference(
            students.map(member), twins.map(member), withSeeds: withSeeds, seed: 1
        ).estimates[.accuracy]
    }

    @Test func `The interval holds how far a mean over three seeds may lie from that over all, by Student's t`() throws
    {
        // Variances of .0001 each: standard error √(2 · .0001 / 3) = .008165, four degrees of freedom, t = 2.776.
        let estimate = try #require(Self.interval([0.90, 0.91, 0.92], [0.88, 0.89, 0.90]))
        #expect(abs(estimate.value - 0.02) < 1e-12)
        #expect(abs((estimate.high - estimate.low) / 2 - 2.776 * 0.008165) < 0.004)
        // Twins that do not vary leave two degrees of freedom: t = 4.303, error .005774.
        let fixed = try #require(Self.interval([0.90, 0.91, 0.92], [0.89, 0.89, 0.89]))
        #expect(abs((fixed.high - fixed.low) / 2 - 4.303 * 0.005774) < 0.006)
    }

    @Test func `Students without chance, one seed, and students that are their twins have no spread of seeds`() throws {
        for (students, twins) in [([0.9, 0.9], [0.8, 0.8]), ([0.9], [0.7]), ([0.9, 0.8], [0.9, 0.8])] {
            let estimate = try #require(Self.interval(students, twins))
            #expect(estimate.low == estimate.value && estimate.high == estimate.value)
        }
        let alone = try #require(Self.interval([0.90, 0.92], [0.8, 0.8], withSeeds: false))
        #expect(alone.low == alone.high)
    }
}
