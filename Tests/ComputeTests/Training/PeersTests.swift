import CAllocationCounter
import Compute
import Testing

/// Two runs that teach each other.
struct PeersTests {
    /// The squared error to the values plus that to the peer's present answers, which are counted.
    private struct Loss: LossFunction {
        let pull: Float
        func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
            guard let peer = batch.peer else { return .nan }
            var sum = 0.0
            for row in 0..<batch.rows {
                let (own, other) = (batch.outputs[row], peer[row])
                let value = batch.values?[row] ?? 0
                sum += Double((1 - pull) * (own - value) * (own - value) + pull * (own - other) * (own - other))
                gradient?[row] = 2 * ((1 - pull) * (own - value) + pull * (own - other)) / Float(batch.rows)
            }
            return sum / Double(batch.rows)
        }
    }

    private static let examples: Examples = {
        var generator = SeededGenerator(seed: 4)
        let x = (0..<24).map { _ in generator.normal() }
        return Examples(
            features: Matrix(rows: 12, columns: 2, elements: x),
            values: Matrix(rows: 12, columns: 1, elements: (0..<12).map { x[2 * $0] - x[2 * $0 + 1] }))
    }()

    private func run(pull: Float, seed: UInt64, epochs: Int = 250, batch: Int = 4) throws -> TrainingRun {
        var graph = Graph()
        let input = graph.input("x", width: 2)
        let hidden = try graph.append(Dense(5), named: "dense0", to: input)
        let active = try graph.append(Activation(.tanh), named: "activation0", to: hidden)
        _ = try graph.append(Dense(1), named: "dense1", to: active)
        var settings = Trainer()
        (settings.seed, settings.epochs, settings.batchSize, settings.learningRate) = (seed, epochs, batch, 0.02)
        return TrainingRun(graph, on: Self.examples, loss: Loss(pull: pull), settings: settings)
    }

    private func outputs(_ result: TrainingResult) throws -> [Float] {
        var graph = Graph()
        let input = graph.input("x", width: 2)
        let hidden = try graph.append(Dense(5), named: "dense0", to: input)
        let active = try graph.append(Activation(.tanh), named: "activation0", to: hidden)
        _ = try graph.append(Dense(1), named: "dense1", to: active)
        return Network(graph, weights: result.weights).outputs(for: Self.examples.features).elements
    }

    @Test func `A run that listens to its peer alone comes to answer as it does`() throws {
        let peers = Peers(try run(pull: 1, seed: 1), try run(pull: 0, seed: 2))
        let (follower, leader) = try peers.trained()
        for (own, other) in zip(try outputs(follower), try outputs(leader)) { #expect(abs(own - other) < 0.2) }
        for (own, value) in zip(try outputs(follower), Self.examples.values?.elements ?? []) {
            #expect(abs(own - value) < 0.35)
        }
    }

    @Test func `Runs of different lengths end together, the same every time`() throws {
        var steps: [Int] = []
        let results = try (0..<2).map { _ in
            steps = []
            return try Peers(try run(pull: 0.5, seed: 1, epochs: 6), try run(pull: 0.5, seed: 2, epochs: 9, batch: 2))
                .trained {
                    steps.append($0.step)
                    return .more
                }
        }
        #expect(steps == Array(1...18))
        #expect(results[0].first.weights == results[1].first.weights)
        #expect(results[0].second.weights == results[1].second.weights)
        #expect(results[0].first.history.count == 6 && results[0].second.history.count == 9)
    }

    @Test func `Progress can stop both`() throws {
        let peers = Peers(try run(pull: 0.5, seed: 1), try run(pull: 0.5, seed: 2))
        let error = #expect(throws: TrainingError.self) { try peers.trained { $0.step == 3 ? .stop : .more } }
        #expect(error?.code == .stopped)
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0))
    func `Steps allocate nothing`() throws {
        let counts = try [2, 40].map { epochs in
            let peers = Peers(try run(pull: 0.5, seed: 1, epochs: epochs), try run(pull: 0.5, seed: 2, epochs: epochs))
            attar_start_counting_allocations()
            _ = try peers.trained()
            return attar_stop_counting_allocations()
        }
        // What grows is the history, by doubling.
        #expect(counts[1] <= counts[0] + 12, "\(counts)")
    }
}
