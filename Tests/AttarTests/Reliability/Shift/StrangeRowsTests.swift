import Attar
import Compute
import Testing

/// Golden values were made by scikit-learn and NumPy; see `Golden/make_shift.py`.
struct StrangeRowsTests {
    private struct GoldenStrange: Decodable {
        struct Curve: Decodable { var usual, strange: [Float], auroc, falsePositiveRateAt95: Double }
        struct Distance: Decodable { var points: [Float], labels: [Int32], asked: [Float], squared: [Double] }
        struct Energy: Decodable { var logits: [Float], classes: Int, energy: [Double] }
        var roc: Curve
        var mahalanobis: Distance
        var energy: Energy
    }

    @Test func `AUROC and the false positive rate at 95 % equal scikit-learn's, with ties`() throws {
        let expected = try golden("shift.json", as: GoldenStrange.self).roc
        let curve = ReceiverOperatingCharacteristic(usual: expected.usual, strange: expected.strange)
        let area = curve.area(seed: 1)
        #expect(abs(area.value - expected.auroc) < 1e-12)
        #expect(area.low < area.value && area.value < area.high && area.high - area.low < 0.15)
        #expect(abs(curve.falsePositiveRate(atTruePositiveRate: 0.95) - expected.falsePositiveRateAt95) < 1e-12)
    }

    @Test func `The distance to the nearest class equals NumPy's`() throws {
        let expected = try golden("shift.json", as: GoldenStrange.self).mahalanobis
        let distance = MahalanobisDistance(
            to: Matrix(rows: 90, columns: 3, elements: expected.points), labels: expected.labels)
        let found = distance.squared(of: Matrix(rows: 12, columns: 3, elements: expected.asked))
        for (own, other) in zip(found, expected.squared) { #expect(abs(Double(own) - other) < 1e-4 * other) }
    }

    @Test func `Distances to rows without spread, and to classes that are absent, are finite`() {
        let same = Matrix(rows: 4, columns: 2, elements: [1, 2, 1, 2, 1, 2, 1, 2])
        let asked = Matrix(rows: 2, columns: 2, elements: [1, 2, 4, 6])
        let distances = MahalanobisDistance(to: same, labels: [3, 3, 3, 3]).squared(of: asked)
        #expect(distances[0] == 0 && distances[1] == 25)
    }

    @Test func `The energy equals NumPy's`() throws {
        let expected = try golden("shift.json", as: GoldenStrange.self).energy
        let logits = Matrix(
            rows: expected.energy.count, columns: expected.classes, elements: expected.logits)
        for (own, other) in zip(OutOfDistributionEvidence.energies(logits), expected.energy) {
            #expect(abs(Double(own) - other) < 1e-5 * max(1, abs(other)))
        }
    }

    @Test func `Without rows of a kind nothing is told apart`() {
        let none = ReceiverOperatingCharacteristic(usual: [1, 2], strange: [])
        #expect(none.area(seed: 1) == Estimate(value: 0.5, low: 0, high: 1))
        #expect(none.falsePositiveRate(atTruePositiveRate: 0.95) == 1)
        let same = ReceiverOperatingCharacteristic(usual: [1, 1], strange: [1, 1, 1])
        #expect(same.area(seed: 1).value == 0.5 && same.falsePositiveRate(atTruePositiveRate: 0.95) == 1)
    }

    @Test(arguments: ["linear", "mlp[8]"]) func `A model's logits are those of its probabilities`(name: String) throws {
        let rows = SampleTable.clouds(120)
        let encoder = try FeatureEncoder(fittedTo: rows)
        let model = try estimator(name).fitted(
            to: TransferSet(rows, encoder: encoder), validation: nil,
            context: FittingContext(loss: .labelsOnly(.probabilities)))
        let features = try encoder.encoded(rows)
        let logits = try #require(model.logits(for: features))
        let probabilities = model.outputs(for: features).matrix.elements
        for (own, other) in zip(logits.softmax().elements, probabilities) { #expect(abs(own - other) < 1e-5) }
    }
}
