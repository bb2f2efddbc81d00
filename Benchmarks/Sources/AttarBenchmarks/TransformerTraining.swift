import Attar
import Compute

/// Training steps of a decoder transformer as a language model: width 128, 4 layers, 4 heads, feed-forward 512, context 128, vocabulary 512, batch 16,
/// AdamW, cross-entropy and T²·KL at T = 4 at each position. The same work as peers/transformer.py.
enum TransformerTraining {
    private static let (rows, batch, length, vocabulary) = (64, 16, 128, 512)
    private static let (width, layers, heads, inner) = (128, 4, 4, 512)

    /// A row of the table for each number of threads.
    static var group: RowGroup { RowGroup(name: "training transformer") { try [1, 2].map(row) } }

    private static func row(threads: Int) throws -> Row {
        let ours = [
            Contestant.own("transformer training", String(threads)), Contestant.own("sgemm", String(threads)),
        ].compactMap(\.self)
        let pytorch = Contestant.peer("PyTorch", "transformer", [String(threads)])
        let figures = contest(ours + [pytorch].compactMap(\.self))
        let time = figures[0][0]
        var row = Row(
            work: "training step, decoder transformer, context \(length), batch \(batch)", threads: threads,
            value: time / 1e3, unit: "ms")
        if figures.count > 2, figures[2].count > 0 {
            row.compare(withTime: figures[2][0] / 1e3, of: "PyTorch", goal: .atLeast(1.2))
            row.comparisons.append(.memory(figures[0].last ?? .nan, beside: figures[2].last ?? .nan))
        }
        let rate = operationsPerStep / time / 1e3
        row.comparisons.append(
            Row.Comparison(
                name: "sgemm", figure: "\(short(figures[1][0])) GFLOP/s", ratio: 100 * rate / figures[1][0], unit: "%"))
        return row
    }

    /// What a process of its own measures: microseconds a step, and the peak memory.
    static func measure(threads: Int) throws {
        let run = try trainingRun(threads: threads)
        blackHole(try run.epoch())
        try answer { [try medianTime { blackHole(try run.epoch()) } / Double(rows / batch), peakMegabytes()] }
    }

    /// A run on noise, ready to train.
    static func trainingRun(threads: Int) throws -> TrainingRun {
        var generator = SeededGenerator(seed: 1)
        let count = rows * length
        let tokens = (0..<2 * count).map { _ in Int.random(in: 0..<vocabulary, using: &generator) }
        let answers = (0..<count * vocabulary).map { _ in 2 * generator.uniform() - 1 }
        let examples = Examples(
            features: Matrix(rows: rows, columns: length, elements: tokens[..<count].map { Float($0) }),
            positions: length, softTargets: Matrix(rows: count, columns: vocabulary, elements: answers),
            labels: tokens[count...].map { Int32($0) })
        var trainer = Trainer()
        trainer.batchSize = batch
        trainer.threads = threads
        trainer.optimizer = Adam(weightDecay: 0.01, isDecoupled: true)
        return TrainingRun(
            try graph(), on: examples, loss: DistillationLoss.hinton(temperature: 4), settings: trainer)
    }

    private static func graph() throws -> Graph {
        var graph = Graph()
        let ids = graph.input("tokens", shape: .rows(length))
        let tokens = Embedding(vocabulary: vocabulary, width: width, pads: false)
        var tensor = try graph.append(tokens, named: "embedding", to: ids)
        tensor = try graph.append(PositionEmbedding(), named: "positions", to: tensor)
        let settings = TransformerSettings(heads: heads, inner: inner)
        for layer in 0..<layers {
            tensor = try graph.append(TransformerDecoderBlock(settings), named: "block\(layer)", to: tensor)
        }
        tensor = try graph.append(LayerNormalization(), named: "norm", to: tensor)
        _ = try graph.append(Dense(vocabulary), named: "output", to: tensor)
        return graph
    }

    /// Floating-point operations of a step's matrix products: dense layers forward, by the weights and by the inputs; attention two products
    /// forward and four backward, of which those above the diagonal are not counted.
    private static var operationsPerStep: Double {
        let dense = layers * width * (4 * width + 2 * inner) + width * vocabulary
        let attention = layers * 6 * (length + 1) * width
        return Double(batch * length) * Double(6 * dense + attention)
    }
}
