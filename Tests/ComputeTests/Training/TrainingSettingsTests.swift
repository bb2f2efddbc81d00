import Compute
import Synchronization
import Testing

struct TrainingSettingsTests {
    private let examples = TrainerTests.wedges(rows: 50, seed: 1)

    /// One step an epoch, at a constant rate.
    private var trainer: Trainer {
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize, trainer.learningRate) = (3, 50, 0.5)
        trainer.optimizer = GradientDescent(momentum: 0)
        return trainer
    }

    private func flat(_ weights: [String: [Float]]) -> [Double] {
        weights.sorted { $0.key < $1.key }.flatMap { $0.value.map(Double.init) }
    }

    private func distance(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private func weights(_ trainer: Trainer, epochs: Int? = nil, _ layers: [any Layer]? = nil) throws -> [Double] {
        var trainer = trainer
        trainer.epochs = epochs ?? trainer.epochs
        let graph = try layers.map(TrainerTests.network) ?? TrainerTests.network()
        return flat(try trainer.trained(graph, on: examples, loss: PlainCrossEntropy()).weights)
    }

    @Test func `A gradient that is too long is shortened to its greatest length, in its direction`() throws {
        let (start, free) = (try weights(trainer, epochs: 1), try weights(trainer, epochs: 2))
        let length = distance(start, free) / 0.5
        var clipped = trainer
        clipped.clipping = Float(length) / 4
        // The first step may be shortened, too; from the same start only the second is looked at.
        let first = try weights(clipped, epochs: 1)
        let second = try weights(clipped, epochs: 2)
        #expect(distance(first, second) <= 0.5 * length / 4 * 1.0001)
        clipped.clipping = 1e6
        #expect(try weights(clipped, epochs: 2) == free)
    }

    @Test func `The running mean of the weights is what is kept`() throws {
        var averaged = trainer
        averaged.averaging = 0.5
        var expected = try weights(trainer, epochs: 1)
        for step in 2...6 {
            let now = try weights(trainer, epochs: step)
            let kept = min(0.5, Double(1 + step) / Double(10 + step))
            for index in now.indices { expected[index] += (1 - kept) * (now[index] - expected[index]) }
        }
        let found = try weights(averaged, epochs: 6)
        let last = try weights(trainer, epochs: 6)
        #expect(distance(expected, found) < 1e-5 && distance(found, last) > 1e-3)
    }

    @Test(arguments: [2, 3, 50])
    func `A batch in parts gives the same weights, dropout included`(parts: Int) throws {
        let layers: [any Layer] = [Dense(16), LayerNormalization(), Activation(.relu), Dropout(0.3), Dense(3)]
        var inParts = trainer
        inParts.accumulation = parts
        let (whole, found) = (try weights(trainer, layers), try weights(inParts, layers))
        #expect(distance(whole, found) < 1e-5)
    }

    @Test func `Many parameters are updated alike by one thread and by two`() throws {
        let layers: [any Layer] = [Dense(600), Activation(.relu), Dense(600), Activation(.relu), Dense(3)]
        var two = trainer
        (two.optimizer, two.learningRate, two.threads) = (Adam(), 1e-3, 2)
        var one = two
        one.threads = 1
        #expect(distance(try weights(one, layers), try weights(two, layers)) < 1e-3)
    }

    @Test func `A run goes on from any step to the same bits`() throws {
        let layers: [any Layer] = [Dense(8), BatchNormalization(), Activation(.relu), Dropout(0.2), Dense(3)]
        let graph = try TrainerTests.network(layers)
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize, trainer.averaging, trainer.patience) = (5, 16, 0.9, 2)
        trainer.learningRate = 0.05
        var mixed = examples
        mixed.mixing = Mixing(mixup: 0.4)
        let validation = TrainerTests.wedges(rows: 30, seed: 2)
        let states = Mutex<[TrainingState]>([])
        func result(from state: TrainingState?, keeping: Bool = false) throws -> TrainingResult {
            let checkpoint = Checkpoint(from: state, every: .zero) { state in
                if keeping { states.withLock { $0.append(state) } }
            }
            return try trainer.trained(
                graph, on: mixed, validation: validation, loss: PlainCrossEntropy(), checkpoint: checkpoint)
        }
        let whole = try result(from: nil, keeping: true)
        let kept = states.withLock { $0 }
        #expect(kept.count > 8 && Set(kept.map(\.step)).count >= kept.count - 1)
        for state in kept {
            let resumed = try result(from: state)
            #expect(resumed.weights == whole.weights && resumed.history == whole.history, "step \(state.step)")
            #expect(resumed.bestEpoch == whole.bestEpoch)
        }
    }

    @Test func `A state of another run is refused`() throws {
        let states = Mutex<[TrainingState]>([])
        _ = try trainer.trained(
            TrainerTests.network([Dense(5), Dense(3)]), on: examples, loss: PlainCrossEntropy(),
            checkpoint: Checkpoint(from: nil, every: .zero) { state in states.withLock { $0.append(state) } })
        let state = try #require(states.withLock { $0.first })
        #expect {
            try trainer.trained(
                TrainerTests.network(), on: examples, loss: PlainCrossEntropy(),
                checkpoint: Checkpoint(from: state, every: .zero) { _ in })
        } throws: { ($0 as? TrainingError)?.code == .foreignCheckpoint }
    }

    /// Keeps what a loss is shown.
    private final class Watch: LossFunction {
        let calls = Mutex<[(outputs: [Float], labels: [Int32], weights: [Float])]>([])

        func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
            let outputs = Array(UnsafeBufferPointer(start: batch.outputs, count: batch.rows * batch.width))
            let labels = Array(UnsafeBufferPointer(start: batch.labels, count: batch.rows))
            let weights = Array(UnsafeBufferPointer(start: batch.weights, count: batch.rows))
            calls.withLock { $0.append((outputs, labels, weights)) }
            gradient?.initialize(repeating: 0, count: batch.rows * batch.width)
            return 0
        }
    }

    @Test(arguments: [false, true])
    func `Mixed rows hold as much of each other as their targets count`(cuts: Bool) throws {
        // Picture number n is all n, and n is its label.
        let count = 11
        let pictures = Matrix(
            rows: count, columns: 64, elements: (0..<count).flatMap { [Float](repeating: Float($0), count: 64) })
        var rows = Examples(
            features: pictures, labels: (0..<count).map { Int32($0) },
            views: PictureViews(
                height: 8, width: 8, channels: 1, shift: 0, flips: false, seed: 1, keys: (0..<Int32(count)).map { $0 },
                black: [0]))
        rows.mixing = cuts ? Mixing(cutmix: 1) : Mixing(mixup: 1)
        var graph = Graph()
        _ = try graph.append(Reshape.flat, named: "flat", to: graph.input("pictures", shape: .rows(8, 8, 1)))
        let watch = Watch()
        var trainer = trainer
        (trainer.epochs, trainer.batchSize) = (40, 6)
        _ = try trainer.trained(graph, on: rows, loss: watch)
        let calls = watch.calls.withLock { $0 }
        #expect(calls.count == 160, "two calls a step")
        var shares: Set<Float> = []
        for pair in stride(from: 0, to: calls.count, by: 2) {
            let (own, other) = (calls[pair], calls[pair + 1])
            for row in own.labels.indices {
                let (share, rest) = (own.weights[row], other.weights[row])
                shares.insert(share)
                #expect(abs(share + rest - 1) < 1e-6)
                let picture = own.outputs[row * 64..<(row + 1) * 64]
                let (one, two) = (Float(own.labels[row]), Float(other.labels[row]))
                if cuts {
                    #expect(picture.allSatisfy { $0 == one || $0 == two })
                    if one != two { #expect(abs(Float(picture.count { $0 == one }) / 64 - share) < 1e-6) }
                } else {
                    #expect(picture.allSatisfy { abs($0 - share * one - rest * two) < 1e-5 })
                }
            }
        }
        #expect(shares.count > 10)
    }
}
