import CAllocationCounter
import Compute
import Synchronization
import Testing

/// Networks that answer at each position of a sequence.
struct PositionsTests {
    private static let (rows, length, vocabulary) = (24, 6, 7)

    /// A network that reads each position by itself, as sequences or as so many single rows.
    private static func dense(isSequence: Bool) throws -> Graph {
        var graph = Graph()
        let input = graph.input("x", shape: isSequence ? .rows(length, 4) : .rows(4))
        let hidden = try graph.append(Dense(5), named: "hidden", to: input)
        _ = try graph.append(Dense(3), named: "output", to: hidden)
        return graph
    }

    /// The same numbers, cut into sequences or into rows.
    private static func examples(isSequence: Bool, seed: UInt64 = 1) -> Examples {
        var generator = SeededGenerator(seed: seed)
        let count = rows * length
        let elements = (0..<count * 4).map { _ in generator.normal() }
        let values = Matrix(rows: count, columns: 3, elements: (0..<count * 3).map { _ in generator.normal() })
        return Examples(
            features: Matrix(rows: isSequence ? rows : count, columns: isSequence ? length * 4 : 4, elements: elements),
            positions: isSequence ? length : 1, softTargets: values,
            labels: (0..<count).map { $0 % 5 == 0 ? -1 : Int32($0 % 3) }, values: values,
            weights: (0..<count).map { Float($0 % 4) })
    }

    @Test(arguments: [1, 3], [true, false])
    func `Sequences with an answer a position are learned as so many rows`(parts: Int, classifies: Bool) throws {
        let loss: any LossFunction = classifies ? PlainCrossEntropy() : PlainSquaredError()
        let results = try [true, false].map { isSequence in
            var trainer = Trainer()
            (trainer.epochs, trainer.batchSize, trainer.accumulation) = (3, 1000, parts)
            trainer.optimizer = GradientDescent()
            trainer.learningRate = 0.05
            return try trainer.trained(
                Self.dense(isSequence: isSequence), on: Self.examples(isSequence: isSequence),
                validation: Self.examples(isSequence: isSequence, seed: 2), loss: loss)
        }
        for (name, weights) in results[0].weights {
            for (a, b) in zip(weights, results[1].weights[name] ?? []) { #expect(abs(a - b) < 1e-4) }
        }
        for (one, other) in zip(results[0].history, results[1].history) {
            #expect(abs(one.trainingLoss - other.trainingLoss) < 1e-4)
            #expect(abs((one.validationLoss ?? 0) - (other.validationLoss ?? 1)) < 1e-4)
        }
    }

    /// Sequences in which each token follows from the two before it, and a decoder that says the next at each position.
    private static func language(_ rows: Int) -> Examples {
        var generator = SeededGenerator(seed: 5)
        var (tokens, labels): ([Float], [Int32]) = ([], [])
        for _ in 0..<rows {
            var (before, now) = (Int.random(in: 1..<vocabulary, using: &generator), 1)
            for _ in 0..<length {
                tokens.append(Float(now))
                (before, now) = (now, 1 + (before + 2 * now) % (vocabulary - 1))
                labels.append(Int32(now))
            }
        }
        return Examples(
            features: Matrix(rows: rows, columns: length, elements: tokens), positions: length, labels: labels)
    }

    private static func decoder(rotaryBase: Float? = nil, dropout: Float = 0) throws -> Graph {
        var graph = Graph()
        let ids = graph.input("tokens", shape: .rows(length))
        var tensor = try graph.append(Embedding(vocabulary: vocabulary, width: 16), named: "embedding", to: ids)
        if rotaryBase == nil { tensor = try graph.append(PositionEmbedding(), named: "positions", to: tensor) }
        var settings = TransformerSettings(heads: 2, inner: 32)
        (settings.rotaryBase, settings.dropout) = (rotaryBase, dropout)
        settings.norm = rotaryBase == nil ? .layer : .rms
        for layer in 0..<2 {
            let block = TransformerDecoderBlock(settings, padding: ids)
            tensor = try graph.append(block, named: "block\(layer)", to: tensor)
        }
        tensor = try graph.append(LayerNormalization(), named: "norm", to: tensor)
        _ = try graph.append(Dense(vocabulary), named: "output", to: tensor)
        return graph
    }

    @Test(arguments: [nil, Float(100)])
    func `A decoder learns what follows from the tokens before`(rotaryBase: Float?) throws {
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize, trainer.learningRate) = (60, 8, 5e-3)
        let result = try trainer.trained(
            Self.decoder(rotaryBase: rotaryBase), on: Self.language(64), loss: PlainCrossEntropy())
        // At the first position what came before is unknown: one of six. The rest can be known.
        let least = logarithm(6) / Double(Self.length)
        #expect(try #require(result.history.first).trainingLoss > 1.5)
        #expect(try #require(result.history.last).trainingLoss < least + 0.15)
    }

    @Test(arguments: 1...2)
    func `One seed gives the same bits on one thread, and on two`(threads: Int) throws {
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize, trainer.threads) = (2, 16, threads)
        let graph = try Self.decoder(dropout: 0.1)
        func result() throws -> TrainingResult {
            try trainer.trained(graph, on: Self.language(64), loss: PlainCrossEntropy())
        }
        #expect(try result().weights == result().weights)
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0), arguments: 1...2)
    func `A step of a transformer does not allocate, on one thread or two`(threads: Int) throws {
        var trainer = Trainer()
        (trainer.batchSize, trainer.threads) = (16, threads)
        for rotaryBase in [nil, Float(100)] {
            let graph = try Self.decoder(rotaryBase: rotaryBase, dropout: 0.1)
            let run = TrainingRun(graph, on: Self.language(64), loss: Separable(isSum: true), settings: trainer)
            _ = try run.epoch()
            attar_start_counting_allocations()
            _ = try run.epoch()
            #expect(attar_stop_counting_allocations() == 0)
        }
    }

    @Test func `A large batch's loss is cut over threads where it is a sum over rows, and only there`() throws {
        var graph = Graph()
        let input = graph.input("x", shape: .rows(40, 2))
        _ = try graph.append(Dense(512), named: "output", to: input)
        var generator = SeededGenerator(seed: 1)
        let examples = Examples(
            features: Matrix(rows: 8, columns: 80, elements: (0..<640).map { _ in generator.normal() }), positions: 40)
        var weights: [[Float]] = []
        for (threads, isSum, calls) in [(1, true, 1), (3, true, 3), (3, false, 1)] {
            var trainer = Trainer()
            (trainer.batchSize, trainer.threads, trainer.epochs) = (8, threads, 1)
            trainer.optimizer = GradientDescent()
            let loss = Separable(isSum: isSum)
            weights.append(try trainer.trained(graph, on: examples, loss: loss).weights["output.weight"] ?? [])
            #expect(loss.calls.load(ordering: .relaxed) == calls)
        }
        for other in weights.dropFirst() {
            for (a, b) in zip(weights[0], other) { #expect(abs(a - b) < 1e-5) }
        }
    }
}

/// Half the mean of the squared outputs; counts its calls and allocates nothing.
private final class Separable: LossFunction {
    let isSumOverRows: Bool
    let calls = Atomic(0)

    init(isSum: Bool) { isSumOverRows = isSum }

    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
        calls.add(1, ordering: .relaxed)
        var sum = 0.0
        let share = Float(1 / batch.divisor)
        for index in 0..<batch.rows * batch.width {
            sum += Double(share * batch.outputs[index] * batch.outputs[index]) / 2
            gradient?[index] = share * batch.outputs[index]
        }
        return sum
    }
}
