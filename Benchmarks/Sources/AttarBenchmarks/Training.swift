import Attar
import Compute

/// Training steps with Adam and the distillation loss, cross-entropy and T²·KL at T = 4.
enum Training {
    /// What the issue asks of a network: ratios to peers, the share of sgemm's rate in percent, and microseconds on one thread.
    struct Goals {
        var pytorch: Double
        var sgemm: Double?
        var microseconds: Double?
        var keras: (tensorflow: Double, jax: Double)?
    }

    /// A row of the table for each number of threads.
    static func group(_ network: BenchmarkNetwork, _ goals: Goals) -> RowGroup {
        RowGroup(name: "training \(network.rawValue)") { try [1, 2].map { try row(network, threads: $0, goals) } }
    }

    private static func row(_ network: BenchmarkNetwork, threads: Int, _ goals: Goals) throws -> Row {
        let arguments = [network.rawValue, String(threads)]
        let ours = [
            Contestant.own("training", network.rawValue, String(threads)), Contestant.own("sgemm", String(threads)),
        ].compactMap(\.self)
        let pytorch = Contestant.peer("PyTorch", "training", arguments)
        var peers: [(contestant: Contestant, goal: Double)] = pytorch.map { [($0, goals.pytorch)] } ?? []
        if let keras = goals.keras {
            for (name, backend, goal) in [("TensorFlow", "tensorflow", keras.tensorflow), ("JAX", "jax", keras.jax)] {
                let peer = Contestant.peer(
                    "Keras/\(name)", "keras_training", arguments, environment: "keras",
                    variables: ["KERAS_BACKEND": backend])
                if let peer { peers.append((peer, goal)) }
            }
        }
        let figures = contest(ours + peers.map(\.contestant))
        let time = figures[0][0]
        let unit = time < 1_000 ? "µs" : "ms"
        let scale = time < 1_000 ? 1.0 : 1e-3
        var row = Row(
            work: "training step, \(network.title), batch \(network.batch)", threads: threads, value: time * scale,
            unit: unit)
        if threads == 1 { row.goal = goals.microseconds.map { .atMost($0) } }
        for (index, peer) in peers.enumerated() where figures[2 + index].count > 0 {
            let note = peer.contestant.note.isEmpty ? "" : " (\(peer.contestant.note))"
            row.compare(
                withTime: figures[2 + index][0] * scale, of: peer.contestant.name + note, goal: .atLeast(peer.goal))
        }
        let rate = try network.operationsPerStep() / time / 1e3
        row.comparisons.append(
            Row.Comparison(
                name: "sgemm", figure: "\(short(figures[1][0])) GFLOP/s", ratio: 100 * rate / figures[1][0], unit: "%",
                goal: goals.sgemm.map { .atLeast($0) }))
        if pytorch != nil, let peak = figures[2].last {
            row.comparisons.append(.memory(figures[0].last ?? .nan, beside: peak))
        }
        return row
    }

    /// What a process of its own measures: microseconds a step over passes of the examples, and the peak memory.
    static func measure(_ network: BenchmarkNetwork, threads: Int) throws {
        var trainer = Trainer()
        trainer.batchSize = network.batch
        trainer.threads = threads
        let examples = try network.examples()
        let run = TrainingRun(
            try network.graph(), on: examples, loss: DistillationLoss.hinton(temperature: 4), settings: trainer)
        let steps = Double(examples.count / network.batch)
        _ = try medianTime { blackHole(try run.epoch()) }
        try answer { [try medianTime { blackHole(try run.epoch()) } / steps, peakMegabytes()] }
    }
}

extension Row.Comparison {
    /// The peak memory of two processes.
    static func memory(_ ours: Double, beside theirs: Double) -> Row.Comparison {
        Row.Comparison(
            name: "peak memory, ours \(short(ours)) MB, PyTorch's", figure: "\(short(theirs)) MB", ratio: ours / theirs,
            goal: .atMost(1))
    }
}
