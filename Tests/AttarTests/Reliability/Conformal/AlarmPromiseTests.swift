import Attar
import Compute
import Testing

/// Alarms are raised on no more usual rows than is promised.
struct AlarmPromiseTests {
    private func sets(_ scores: [Float], weights: [Float]? = nil) throws -> PredictionSets {
        let scored = try ScoredRows(
            .tail, Matrix(rows: scores.count, columns: 1, elements: scores), .none, of: .anomaly, weights: weights,
            seed: 1)
        return PredictionSets(scored, seed: 1)
    }

    @Test func `A p-value is the share of rows with as high a score, the row itself among them`() throws {
        let sets = try sets([4, 1, 3, 3, 2, 5, 9, 7, 8])
        for (score, share) in [(Float(10), 0.1), (9, 0.2), (8.5, 0.2), (3, 0.8), (2.5, 0.8), (0, 1), (1, 1), (.nan, 1)]
        {
            #expect(abs(sets.pValue(of: score) - share) < 1e-12, "\(score)")
        }
        // Whoever raises an alarm by thresholds raises the same one by p-values.
        for share in [0.1, 0.2, 0.3, 0.5] {
            let threshold = sets.thresholds(coverage: 1 - share)[0]
            for score in stride(from: Float(0.5), to: 10, by: 0.5) {
                #expect((sets.pValue(of: score) <= share + 1e-9) == (Double(score) > threshold))
            }
        }
    }

    @Test func `Of many rows some are kept, and p-values are never too small`() throws {
        var generator = SeededGenerator(seed: 3, stream: "scores")
        let exact = try sets((0..<20_000).map { _ in generator.uniform() * generator.uniform() })
        let kept = exact.compressed
        #expect(kept.quantiles[0].scores.count < 600)
        for step in 0..<2_000 {
            let score = Float(step) / 1_999
            #expect(kept.pValue(of: score) >= exact.pValue(of: score) - 1e-12)
            #expect(kept.pValue(of: score) <= 1.1 * exact.pValue(of: score) + 1e-3)
        }
    }

    @Test func `What a file keeps gives the same p-values`() throws {
        let rows = try AnomalyGolden.read().set()
        let model = NeighboursModel(task: .anomaly, encoder: rows.encoder, rows: rows.features, neighbours: 3)
        let scores = model.outputs(for: rows.features).matrix.elements
        let artifact = Artifact(model: model, metadata: ArtifactMetadata(), sets: try sets(scores).compressed)
        let read = try Artifact(bytes: artifact.encoded(), path: "memory")
        let again = try #require(read.sets)
        #expect(again.method == .tail && again.rows == scores.count)
        for score in scores + [0, 100] { #expect(again.pValue(of: score) == artifact.sets?.pValue(of: score)) }
    }

    @Test(arguments: [0.01, 0.05, 0.2])
    func `Over many draws of rows alarms are as frequent as promised and no more`(share: Double) throws {
        var generator = SeededGenerator(seed: 11, stream: "promises \(share)")
        func score() -> Float {
            // Heavy-tailed, and with ties.
            let one = Float.random(in: 0.001..<1, using: &generator)
            return (1 / one * 20).rounded() / 20
        }
        let (draws, rows, asked) = (600, 199, 50)
        var alarms = 0
        for _ in 0..<draws {
            let sets = try sets((0..<rows).map { _ in score() })
            for _ in 0..<asked where sets.pValue(of: score()) <= share { alarms += 1 }
        }
        let seen = Double(alarms) / Double(draws * asked)
        // Rows of one draw share their thresholds: the share of a draw has the variance of Beta(k, 200 − k), k = 200 · share, besides that of 50 rows.
        let variance = share * (1 - share) * (1 / 201.0 + 1 / Double(asked)) / Double(draws)
        #expect(seen <= share + 3 * variance.squareRoot(), "\(seen)")
        // Ties make it rarer, by no more than they are frequent.
        #expect(seen >= 0.8 * share - 3 * variance.squareRoot(), "\(seen)")
    }

    @Test func `The share is promised only where there are enough rows`() throws {
        for (rows, suffices) in [(98, false), (99, true)] {
            let alarm = try sets((0..<rows).map(Float.init)).pValue(of: 1_000) <= 0.01 + 1e-9
            #expect(alarm == suffices)
        }
    }
}
