import Compute
import Testing

struct TrainerTests {
    /// Three classes in wedges around the origin, which no straight line separates from each other all at once.
    static func wedges(rows: Int, seed: UInt64) -> Examples {
        var generator = SeededGenerator(seed: seed)
        var features: [Float] = []
        var labels: [Int32] = []
        for _ in 0..<rows {
            let (x, y) = (2 * generator.uniform() - 1, 2 * generator.uniform() - 1)
            features += [x, y]
            labels.append(y > abs(x) ? 0 : (x > 0 ? 1 : 2))
        }
        return Examples(features: Matrix(rows: rows, columns: 2, elements: features), labels: labels)
    }

    static func network(_ layers: [any Layer] = [Dense(16), Activation(.relu), Dense(3)]) throws -> Graph {
        var graph = Graph()
        var tensor = graph.input("features", width: 2)
        for (index, layer) in layers.enumerated() {
            tensor = try graph.append(layer, named: "layer\(index)", to: tensor)
        }
        return graph
    }

    static var trainer: Trainer {
        var trainer = Trainer()
        trainer.epochs = 30
        trainer.learningRate = 0.01
        return trainer
    }

    static func accuracy(_ result: TrainingResult, _ graph: Graph, on examples: Examples) -> Double {
        let outputs = Network(graph, weights: result.weights).outputs(for: examples.features)
        let right = (0..<outputs.rows).count { row in
            let logits = Array(outputs.row(row))
            return logits.firstIndex(of: logits.max() ?? 0) == Int(examples.labels?[row] ?? -1)
        }
        return Double(right) / Double(outputs.rows)
    }

    @Test(
        "A network learns wedges from their labels",
        arguments: [
            [Dense(16), Activation(.relu), Dense(3)],
            [Dense(16), BatchNormalization(), Activation(.gelu), Dense(3)],
            [Dense(16), LayerNormalization(), Activation(.silu), Dropout(0.1), Dense(3)],
        ] as [[any Layer]])
    func learns(layers: [any Layer]) throws {
        let graph = try Self.network(layers)
        let result = try Self.trainer.trained(graph, on: Self.wedges(rows: 600, seed: 1), loss: PlainCrossEntropy())
        #expect(Self.accuracy(result, graph, on: Self.wedges(rows: 400, seed: 2)) > 0.93)
    }
}
