import CAllocationCounter
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
        arguments: [
            [Dense(16), Activation(.relu), Dense(3)],
            [Dense(16), BatchNormalization(), Activation(.gelu), Dense(3)],
            [Dense(16), LayerNormalization(), Activation(.silu), Dropout(0.1), Dense(3)],
        ] as [[any Layer]])
    func `A network learns wedges from their labels`(layers: [any Layer]) throws {
        let graph = try Self.network(layers)
        let result = try Self.trainer.trained(graph, on: Self.wedges(rows: 600, seed: 1), loss: PlainCrossEntropy())
        #expect(Self.accuracy(result, graph, on: Self.wedges(rows: 400, seed: 2)) > 0.93)
    }

    @Test func `The same seed gives the same bits, another seed other ones`() throws {
        let graph = try Self.network([Dense(8), Activation(.relu), Dropout(0.2), Dense(3)])
        var trainer = Self.trainer
        trainer.epochs = 3
        let examples = Self.wedges(rows: 100, seed: 1)
        func weights(seed: UInt64) throws -> [String: [Float]] {
            trainer.seed = seed
            return try trainer.trained(graph, on: examples, loss: PlainCrossEntropy()).weights
        }
        let first = try weights(seed: 4)
        let (again, other) = (try weights(seed: 4), try weights(seed: 5))
        #expect(again == first)
        #expect(other != first)
    }

    @Test func `The weights kept are those of the epoch with the lowest validation loss`() throws {
        let graph = try Self.network()
        let (examples, validation) = (Self.wedges(rows: 40, seed: 1), Self.wedges(rows: 40, seed: 2))
        var trainer = Self.trainer
        trainer.epochs = 200
        trainer.patience = 5
        trainer.learningRate = 0.1
        let result = try trainer.trained(graph, on: examples, validation: validation, loss: PlainCrossEntropy())
        let losses = result.history.compactMap(\.validationLoss)
        #expect(losses.count == result.bestEpoch + 5)
        #expect(losses[result.bestEpoch - 1] == losses.min())
        // A run of exactly as many epochs ends at the same weights.
        trainer.scheduledEpochs = 200
        trainer.epochs = result.bestEpoch
        let refit = try trainer.trained(graph, on: examples, loss: PlainCrossEntropy())
        #expect(refit.weights == result.weights)
        #expect(refit.bestEpoch == result.bestEpoch)
    }

    @Test func `Doubling all weights changes nothing; a weight of 0 is as good as a missing label`() throws {
        let graph = try Self.network()
        let examples = Self.wedges(rows: 64, seed: 1)
        let labels = try #require(examples.labels)
        func result(_ labels: [Int32], _ weights: [Float]) throws -> [String: [Float]] {
            let weighted = Examples(features: examples.features, labels: labels, weights: weights)
            var trainer = Self.trainer
            trainer.epochs = 2
            return try trainer.trained(graph, on: weighted, loss: PlainCrossEntropy()).weights
        }
        let plain = try result(labels, [Float](repeating: 1, count: 64))
        let doubled = try result(labels, [Float](repeating: 2, count: 64))
        #expect(plain == doubled)
        let halfWeights = (0..<64).map { Float($0 % 2) }
        let wrongLabels = labels.indices.map { $0 % 2 == 0 ? (labels[$0] + 1) % 3 : labels[$0] }
        let (honest, misled) = (try result(labels, halfWeights), try result(wrongLabels, halfWeights))
        #expect(honest == misled)
        #expect(honest != plain)
    }

    @Test func `The validation loss does not depend on how the rows are cut into chunks`() throws {
        let graph = try Self.network()
        var trainer = Self.trainer
        trainer.epochs = 1
        let rows = Self.wedges(rows: 600, seed: 3)
        let result = try trainer.trained(
            graph, on: Self.wedges(rows: 60, seed: 1), validation: rows, loss: PlainCrossEntropy())
        let outputs = Network(graph, weights: result.weights).outputs(for: rows.features)
        let labels = try #require(rows.labels)
        let expected = labels.indices.reduce(0.0) { sum, row in
            let logits = outputs.row(row).map(Double.init)
            return sum + logarithm(logits.reduce(0) { $0 + exponential($1) }) - logits[Int(labels[row])]
        }
        #expect(abs((result.history[0].validationLoss ?? 0) - expected / 600) < 1e-6)
    }

    @Test func `A loss that is no number ends the run at its step with advice`() throws {
        let graph = try Self.network([Dense(3)])
        let examples = Examples(
            features: Matrix(rows: 2, columns: 2, elements: [1, 2, .nan, 4]), labels: [0, 1])
        #expect {
            try Self.trainer.trained(graph, on: examples, loss: PlainCrossEntropy())
        } throws: { error in
            (error as? TrainingError)?.code == .diverged
                && "\(error)".contains(
                    "step 1; the first such number came from 'layer0' (dense). Lower the learning rate")
        }
    }

    @Test func `A run ends after the batch at which it is told to stop`() throws {
        let graph = try Self.network([Dense(3)])
        var calls = 0
        #expect {
            try Self.trainer.trained(graph, on: Self.wedges(rows: 64, seed: 1), loss: PlainCrossEntropy()) { progress in
                calls += 1
                return progress.step == 3 ? .stop : .more
            }
        } throws: { error in
            (error as? TrainingError)?.code == .stopped
        }
        #expect(calls == 3)
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0))
    func `A training step does not allocate`() throws {
        let graph = try Self.network(
            [Dense(16), BatchNormalization(), Activation(.gelu), Dropout(0.1), LayerNormalization(), Dense(3)])
        let run = TrainingRun(
            graph, on: Self.wedges(rows: 100, seed: 1), loss: SquaredOutputs(), settings: Self.trainer)
        _ = try run.epoch()
        attar_start_counting_allocations()
        _ = try run.epoch()
        #expect(attar_stop_counting_allocations() == 0)
    }
}

/// A loss that allocates nothing: half the sum of the squared outputs.
private struct SquaredOutputs: LossFunction {
    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        var sum = 0.0
        for index in 0..<batch.rows * batch.width {
            sum += Double(batch.outputs[index] * batch.outputs[index]) / 2
            gradient?[index] = batch.outputs[index]
        }
        return sum
    }
}
