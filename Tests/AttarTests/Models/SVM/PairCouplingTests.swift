import CKernels
import Testing

struct PairCouplingTests {
    @Test func `Pairs that agree give back the probabilities that they come from`() {
        let truth: [Float] = [0.5, 0.3, 0.15, 0.05]
        var pairs: [Float] = []
        for first in 0..<4 {
            for second in first + 1..<4 { pairs.append(truth[first] / (truth[first] + truth[second])) }
        }
        var found = [Float](repeating: 0, count: 8)
        var scratch = [Float](repeating: 0, count: 20)
        attar_couple_pairs(pairs + pairs, &found, 2, 4, &scratch)
        // The sweeps end within .001 / classes of the optimality condition.
        for index in 0..<8 { #expect(abs(found[index] - truth[index % 4]) < 0.01) }
        #expect(abs(found[0..<4].reduce(0, +) - 1) < 1e-5)
    }

    @Test func `Two classes get their pair's probability, one class all`() {
        var (found, scratch): ([Float], [Float]) = ([0, 0], [Float](repeating: 0, count: 6))
        attar_couple_pairs([0.8], &found, 1, 2, &scratch)
        #expect(abs(found[0] - 0.8) < 1e-3)
        attar_couple_pairs([], &found, 1, 1, &scratch)
        #expect(found[0] == 1)
    }
}
