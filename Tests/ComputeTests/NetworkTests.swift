import Compute
import Testing

struct NetworkTests {
    @Test("Folding leaves out dropout and batch normalisation and changes no answer", arguments: UInt64(1)...4)
    func folds(seed: UInt64) throws {
        let examples = TrainerTests.wedges(rows: 300, seed: seed)
        let graph = try TrainerTests.network([
            Dense(7), BatchNormalization(), Activation(.silu), Dropout(0.3), Dense(5), Activation(.relu),
            BatchNormalization(), Dense(4), BatchNormalization(), Dropout(0.1), Dense(3), Dropout(0.1),
        ])
        var trainer = TrainerTests.trainer
        trainer.epochs = 3
        let network = Network(
            graph, weights: try trainer.trained(graph, on: examples, loss: PlainCrossEntropy()).weights)
        let folded = network.folded()
        // The normalisation after an activation has no dense layer right before it, and stays.
        #expect(
            folded.graph.nodes.map(\.operation.name) == [
                "dense", "silu", "dense", "relu", "batch normalisation", "dense", "dense",
            ])
        #expect(folded.weights["layer1.mean"] == nil && folded.weights["layer6.mean"] != nil)
        let (before, after) = (network.outputs(for: examples.features), folded.outputs(for: examples.features))
        for (value, reference) in zip(after.elements, before.elements) {
            #expect(abs(value - reference) < 2e-5 * max(1, abs(reference)))
        }
    }

    @Test("No rows in, no rows out")
    func answersNoRows() throws {
        let graph = try TrainerTests.network([Dense(3)])
        let network = Network(graph, weights: ["layer0.weight": [1, 2, 3, 4, 5, 6], "layer0.bias": [0, 0, 1]])
        #expect(network.outputs(for: Matrix(rows: 0, columns: 2)).rows == 0)
        #expect(network.outputs(for: Matrix(rows: 1, columns: 2, elements: [1, 1])).elements == [5, 7, 10])
    }
}
