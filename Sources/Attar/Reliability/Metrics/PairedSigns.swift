internal import Compute

/// Fisher's randomisation test of paired differences ("The Design of Experiments", 1935, section 21).
///
/// Where two models of one making differ by chance alone, each row's difference could as well have had the other sign. Unlike resampled rows this holds however few of the
/// rows differ, and whatever the tails: of four rows that differ all four speak for one model with a chance of 6 %, which resampling them takes for 2 %.
package enum PairedSigns {
    /// Draws of signs; with fewer rows that differ, all signs there are.
    private static let draws = 2_000
    /// Rows that differ up to which all signs are gone through.
    private static let fewest = 10
    /// Rows that differ beyond which the sum of signed differences is normal to all intents.
    private static let most = 5_000

    /// The chance of a sum as large as that of the differences, in their direction, if each could as well have had the other sign; 1 where no two differ.
    ///
    /// - Parameter seed: the draws follow from it.
    package static func chance(of differences: [Double], seed: UInt64) -> Double {
        let kept = differences.filter { $0 != 0 && $0.isFinite }
        let sum = abs(kept.reduce(0, +))
        // Sums of the same numbers in another order differ by rounding.
        let least = sum - 1e-9 * kept.reduce(0) { $0 + abs($1) }
        if kept.isEmpty { return 1 }
        if kept.count <= fewest {
            let all = 1 << kept.count
            let reached = (0..<all).count { signs in
                kept.indices.reduce(0) { $0 + (signs >> $1 & 1 == 1 ? kept[$1] : -kept[$1]) } >= least
            }
            return Double(reached) / Double(all)
        }
        if kept.count > most {
            let deviation = kept.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return NormalDistribution.probability(below: -sum / deviation)
        }
        var generator = SeededGenerator(seed: seed, stream: "signs")
        var reached = 1
        for _ in 0..<draws {
            var total = 0.0
            var bits: UInt64 = 0
            for (place, difference) in kept.enumerated() {
                if place % 64 == 0 { bits = generator.next() }
                total += bits & 1 == 1 ? difference : -difference
                bits >>= 1
            }
            if total >= least { reached += 1 }
        }
        return Double(reached) / Double(draws + 1)
    }
}
