import Attar
import Compute
import Testing

struct PairedGainTests {
    @Test func `Gain and error are those of paired rows, widened by what folds share`() {
        // Gains of 1, 2, 3, 4: mean 2.5, Σ(g − mean)² = 5.
        let gain = PairedGain([0, 0, 0, 0], over: [1, 2, 3, 4], folds: 5, share: 0.25)
        #expect(gain.mean == 2.5)
        #expect(abs(gain.error - (5.0 * 2.25).squareRoot() / 4) < 1e-12)
        let weighted = PairedGain([0, 0], over: [1, 5], weights: [3, 1], folds: 1, share: 0)
        #expect(weighted.mean == 2)
        #expect(abs(weighted.error - (9.0 + 9).squareRoot() / 4) < 1e-12)
    }

    @Test
    func `The best of several has to stand out further than one alone, the further the less they resemble each other`()
    {
        var generator = SeededGenerator(seed: 3)
        let draws = (0..<7).map { _ in (0..<1_000).map { _ in Double(generator.normal()) } }
        let (shared, own) = (draws[0], Array(draws[1...]))
        #expect(PairedGain.errors(among: [shared]) == 1)
        #expect(PairedGain.errors(among: [shared, shared, shared]) < 1.1, "three times the same is one")
        // The largest of six independent normal numbers lies below Φ⁻¹(0.841345^(1/6)) = 1.905 as often as one below 1.
        #expect(abs(PairedGain.errors(among: own) - 1.905) < 0.1)
        // With a correlation of .8: 1.506 by numerical integration of φ(z) Φ((x − √.8 z) / √.2)⁶.
        let alike = own.map { zip($0, shared).map { 0.2.squareRoot() * $0 + 0.8.squareRoot() * $1 } }
        #expect(abs(PairedGain.errors(among: alike) - 1.506) < 0.1)
        let gain = PairedGain(
            [Double](repeating: 0, count: 100), over: (0..<100).map { $0 % 2 == 0 ? 1 : -0.7 }, folds: 1, share: 0)
        #expect(gain.isSupported(by: 1) && !gain.isSupported(by: 1.9))
    }

    @Test func `A gain that two rows make is none`() {
        var others = [Double](repeating: -0.1, count: 200)
        (others[3], others[90]) = (4_000, 5_000)
        let gain = PairedGain([Double](repeating: 0, count: 200), over: others, folds: 1, share: 0)
        #expect(gain.mean > gain.error, "the mean alone would be taken in")
        #expect(gain.trimmed < 0 && !gain.isSupported(by: 1))
    }

    @Test func `The quadratic score of classes is bounded, and squared errors are in units of the variance`() {
        let answers = Matrix(rows: 3, columns: 2, elements: [1, 0, 0.5, 0.5, 0.2, 0.8])
        #expect(ProperLosses.of(answers, to: .classes([1, 0, -1])) == [2, 0.5, 0])
        let values = Matrix(rows: 2, columns: 1, elements: [0, 4])
        #expect(ProperLosses.of(Matrix(rows: 2, columns: 1, elements: [2, 2]), to: .values(values)) == [1, 1])
        #expect(ProperLosses.of(answers, to: .none).isEmpty)
        let closer = ProperLosses.of(answers, toTeacher: answers, form: .probabilities)
        #expect(closer == [0, 0, 0])
    }
}
