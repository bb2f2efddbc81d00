internal import Compute

/// The chance that a statistic of pairs is as high where the pairs have nothing to do with each other: their second halves are dealt anew, again and again. Exact for any
/// number of rows (Fisher, "The Design of Experiments", 1935, section 21).
enum PermutationTest {
    /// How often the halves are dealt: the lowest chance that can be told is 1 / (deals + 1).
    static let deals = 499
    /// The most rows that take part: those drawn first. More would not change what is found.
    static let mostRows = 20_000

    /// (1 + deals whose statistic is as high) / (1 + deals).
    ///
    /// - Parameters:
    ///   - rows: how many pairs there are.
    ///   - seed: the deals follow from it.
    ///   - paired: makes, of the positions of the first halves, the statistic of the pairs (firsts[i], seconds[i]).
    static func chance(
        rows: Int, seed: UInt64, paired: (_ firsts: [Int]) -> (_ seconds: [Int]) -> Double
    ) -> Double {
        var generator = SeededGenerator(seed: seed, stream: "permutations")
        var firsts = Array(0..<rows)
        if rows > mostRows { firsts = Array(firsts.shuffled(using: &generator).prefix(mostRows)) }
        let statistic = paired(firsts)
        let observed = statistic(firsts)
        // Sums in another order may differ in the last digits.
        let least = observed - 1e-9 * max(1, abs(observed))
        var seconds = firsts
        var count = 0
        for _ in 0..<deals {
            seconds.shuffle(using: &generator)
            if statistic(seconds) >= least { count += 1 }
        }
        return Double(1 + count) / Double(1 + deals)
    }
}
