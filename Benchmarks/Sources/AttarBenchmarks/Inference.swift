import Attar
import Compute

/// Answers of trained networks, softmax included: one row, and many at a time.
enum Inference {
    /// What the issue asks of a network: ratios to peers.
    struct Goals {
        var onnxRuntime: Double
        var pytorch: Double?
    }

    /// A row of the table for each number of threads.
    static func group(_ network: BenchmarkNetwork, batch: Int, _ goals: Goals) -> RowGroup {
        RowGroup(name: "inference \(network.rawValue) \(batch)") {
            [1, 2].map { row(network.rawValue, network.title, batch: batch, threads: $0, goals) }
        }
    }

    /// One row, for any network that main.swift and peers/inference.py know by `name`.
    static func row(_ name: String, _ title: String, batch: Int, threads: Int, _ goals: Goals) -> Row {
        let arguments = [name, String(batch), String(threads)]
        let contestants = [
            Contestant.own("inference", name, String(batch), String(threads)),
            Contestant.peer("ONNX Runtime", "inference", ["onnxruntime"] + arguments),
            Contestant.peer("PyTorch", "inference", ["torch"] + arguments),
        ]
        let present = contestants.compactMap(\.self)
        var figures = contest(present)[...]
        let ours = figures.removeFirst()
        let scale = ours[0] < 1_000 ? 1.0 : 1e-3
        var row = Row(
            work: "inference, \(title), batch \(batch)", threads: threads, value: ours[0] * scale,
            unit: scale == 1 ? "µs" : "ms")
        for (contestant, theirs) in zip(present.dropFirst(), figures) where !theirs.isEmpty {
            let goal = contestant.name == "PyTorch" ? goals.pytorch : goals.onnxRuntime
            let note = contestant.note.isEmpty ? "" : " (\(contestant.note))"
            row.compare(withTime: theirs[0] * scale, of: contestant.name + note, goal: goal.map { .atLeast($0) })
            if contestant.name == "PyTorch" { row.comparisons.append(.memory(ours[1], beside: theirs[1])) }
        }
        return row
    }

    /// What a process of its own measures: microseconds a batch, and the peak memory.
    static func measure(_ network: Network, batch: Int, threads: Int) throws {
        var generator = SeededGenerator(seed: 2)
        let session = InferenceSession(network, capacity: batch, threads: threads)
        let features = (0..<batch * session.inputWidth).map { _ in generator.uniform() }
        var outputs = [Float](repeating: 0, count: batch * session.outputWidth)
        func run() {
            var span = outputs.mutableSpan
            session.run(features.span, into: &span)
        }
        for _ in 0..<3 { run() }
        answer { [medianTime(run), peakMegabytes()] }
        blackHole(outputs)
    }
}
