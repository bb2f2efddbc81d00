import Attar
import Compute

/// Answers of `transformer-tiny` with random weights, softmax included, for texts of 32 to 64 tokens out of 1,000, of 10 classes. The same work as
/// peers/transformer_inference.py.
enum TransformerInference {
    private static let (length, vocabulary, classes) = (64, 1_000, 10)

    /// A row of the table for each number of threads.
    static func group(batch: Int, onnxRuntime goal: Double) -> RowGroup {
        RowGroup(name: "inference transformer \(batch)") { [1, 2].map { row(batch: batch, threads: $0, goal: goal) } }
    }

    private static func row(batch: Int, threads: Int, goal: Double) -> Row {
        let arguments = [String(batch), String(threads)]
        let ours = Contestant.own("transformer inference", String(batch), String(threads))
        let peer = Contestant.peer("ONNX Runtime", "transformer_inference", arguments)
        let figures = contest([ours, peer].compactMap(\.self))
        let scale = figures[0][0] < 1_000 ? 1.0 : 1e-3
        var row = Row(
            work: "inference, `transformer-tiny`, \(length) tokens, batch \(batch)", threads: threads,
            value: figures[0][0] * scale, unit: scale == 1 ? "µs" : "ms")
        if let peer, figures.count > 1, !figures[1].isEmpty {
            row.compare(withTime: figures[1][0] * scale, of: "\(peer.name) (\(peer.note))", goal: .atLeast(goal))
        }
        return row
    }

    /// What a process of its own measures: microseconds a batch, and the peak memory.
    static func measure(batch: Int, threads: Int) throws {
        var generator = SeededGenerator(seed: 2)
        let session = InferenceSession(try network(), capacity: batch, threads: threads)
        let ids = (0..<batch).flatMap { _ in
            let tokens = Int.random(in: length / 2...length, using: &generator)
            return (0..<length).map { $0 < tokens ? Float(Int.random(in: 1..<vocabulary, using: &generator)) : 0 }
        }
        var outputs = [Float](repeating: 0, count: batch * session.outputWidth)
        func run() {
            var span = outputs.mutableSpan
            session.run(ids.span, into: &span)
        }
        for _ in 0..<3 { run() }
        answer { [medianTime(run), peakMegabytes()] }
        blackHole(outputs)
    }

    private static func network() throws -> Network {
        var design = TransformerDesign()
        design.inner = 128
        var graph = Graph()
        let input = graph.input("features", tokens: length, vocabulary: vocabulary)
        _ = try design.build(&graph, from: input, outputs: classes, isTraining: false)
        let examples = Examples(
            features: Matrix(rows: 8, columns: length, repeating: 1), labels: [Int32](repeating: 0, count: 8))
        var trainer = Trainer()
        trainer.epochs = 1
        let weights = try trainer.trained(graph, on: examples, loss: DistillationLoss.labelsOnly(.probabilities))
            .weights
        if let logits = graph.output { _ = try graph.append(Softmax(), named: "probabilities", to: logits) }
        return Network(graph, weights: weights)
    }
}
