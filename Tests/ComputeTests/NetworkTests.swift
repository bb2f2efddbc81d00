import Compute
import Testing

struct NetworkTests {
    @Test(arguments: UInt64(1)...4)
    func `Folding leaves out dropout and batch normalisation and changes no answer`(seed: UInt64) throws {
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

    @Test func `No rows in, no rows out`() throws {
        let graph = try TrainerTests.network([Dense(3)])
        let network = Network(graph, weights: ["layer0.weight": [1, 2, 3, 4, 5, 6], "layer0.bias": [0, 0, 1]])
        #expect(network.outputs(for: Matrix(rows: 0, columns: 2)).rows == 0)
        #expect(network.outputs(for: Matrix(rows: 1, columns: 2, elements: [1, 1])).elements == [5, 7, 10])
    }

    @Test(arguments: [1, 2, 3])
    func `Many rows, in blocks and on several threads, get the answers of one row at a time`(threads: Int) throws {
        var graph = Graph()
        let input = graph.input("x", width: 200)
        _ = try graph.append(Dense(3), named: "dense", to: input)
        var generator = SeededGenerator(seed: 1)
        let network = Network(
            graph, weights: ["dense.weight": (0..<600).map { _ in generator.normal() }, "dense.bias": [1, 2, 3]])
        let rows = 301
        let features = (0..<rows * 200).map { _ in generator.normal() }
        let one = InferenceSession(network)
        let many = InferenceSession(network, capacity: rows, threads: threads)
        // As many rows as fit, and fewer: than there are threads, than a block holds, than make whole blocks.
        for count in [rows, 1, 2, 79, 83, 170] {
            var outputs = [Float](repeating: .nan, count: count * 3)
            var span = outputs.mutableSpan
            many.run(features.span.extracting(0..<count * 200), into: &span)
            for row in 0..<count {
                var expected = [Float](repeating: .nan, count: 3)
                var single = expected.mutableSpan
                one.run(features.span.extracting(row * 200..<row * 200 + 200), into: &single)
                for index in 0..<3 { #expect(abs(outputs[row * 3 + index] - expected[index]) < 1e-4) }
            }
        }
    }
}
