import Attar
import Compute
import Foundation
import Testing

struct IsolationForestTests {
    @Test func `The expected depths are scikit-learn's`() throws {
        let golden = try AnomalyGolden.read()
        for (count, depth) in zip(golden.counts, golden.depths) {
            #expect(abs(IsolationForestModel.expectedDepth(count) - depth) < 1e-9)
        }
    }

    @Test func `A row's score follows from where its trees part it`() throws {
        // On one feature with two places a tree has one split: whoever is alone there has depth 1, the others 1 + what three rows take.
        let rows = Matrix(rows: 4, columns: 1, elements: [0, 0, 0, 5])
        var estimator = IsolationForestEstimator()
        estimator.trees = 11
        let model = try estimator.fitted(
            to: .unanswered(rows), validation: nil, context: FittingContext(loss: .labelsOnly(.values)))
        let answers = model.outputs(for: rows).matrix.elements
        let expected = IsolationForestModel.expectedDepth(4)
        let (alone, together) = (1.0, 1 + IsolationForestModel.expectedDepth(3))
        for row in 0..<3 { #expect(abs(Double(answers[row]) - exp2(-together / expected)) < 1e-6) }
        #expect(abs(Double(answers[3]) - exp2(-alone / expected)) < 1e-6)
    }

    @Test func `Trees see rows in proportion to their weights`() throws {
        // Two clouds of as many rows, one of them hardly ever drawn, is as strange as a few rows are.
        var generator = SeededGenerator(seed: 5, stream: "rows")
        let features = Matrix(
            rows: 400, columns: 2,
            elements: (0..<800).map { generator.uniform() + ($0 / 2 % 2 == 0 ? 0 : 6) })
        let weights = (0..<400).map { Float($0 % 2 == 0 ? 1 : 0.01) }
        var estimator = IsolationForestEstimator()
        estimator.sample = 64
        let model = try estimator.fitted(
            to: .unanswered(features, weights: weights), validation: nil,
            context: FittingContext(loss: .labelsOnly(.values)))
        let answers = model.outputs(for: features).matrix.elements
        let rare = stride(from: 1, to: 400, by: 2).map { answers[$0] }.reduce(0, +) / 200
        let usual = stride(from: 0, to: 400, by: 2).map { answers[$0] }.reduce(0, +) / 200
        #expect(rare > usual + 0.1)
    }
}
