import Attar
import Compute
import Testing

struct LocalOutlierTests {
    @Test func `Factors are scikit-learn's, of rows that were learned from and of others`() throws {
        let golden = try AnomalyGolden.read()
        let set = try golden.set()
        let model = LocalOutlierModel(
            task: .anomaly, encoder: set.encoder, rows: set.features, neighbours: golden.neighbours)
        for (rows, expected) in [(golden.rows, golden.factors), (golden.new, golden.newFactors)] {
            let found = model.outputs(for: AnomalyGolden.matrix(rows)).matrix.elements
            #expect(found.count == expected.count)
            for (own, theirs) in zip(found, expected) { #expect(abs(Double(own) - theirs) < 1e-5 * max(1, theirs)) }
        }
    }
}
