internal import CKernels
internal import Compute

/// Trains the vectors of tokens so that the mean of a sentence's points where the teacher's embedding of it does.
///
/// The loss is 1 − cos, its steps those of Adagrad with one rate a token (Duchi, Hazan and Singer, JMLR 2011), sentence by sentence, each
/// epoch in another order.
struct StaticTraining {
    private let settings: StaticEstimator
    private let seed: UInt64

    init(_ settings: StaticEstimator, seed: UInt64) { (self.settings, self.seed) = (settings, seed) }

    /// - Parameters:
    ///   - table: (tokens, width).
    ///   - sentences: ids, one list a sentence.
    ///   - targets: where each is to point, (sentences, width).
    func train(
        _ table: inout Matrix, _ sentences: [[Int32]], _ targets: Matrix, _ report: (RunProgress) throws -> Void
    ) throws {
        let width = table.columns
        var generator = SeededGenerator(seed: seed, stream: "static")
        var squares = [Float](repeating: 0, count: table.rows)
        var scratch = [Float](repeating: 0, count: width)
        // Steps in the unit of the vectors, so that the rate means the same whatever their size.
        let size =
            (table.elements.reduce(into: 0.0) { $0 += Double($1) * Double($1) } / Double(max(1, table.elements.count)))
            .squareRoot()
        let rate = Float(settings.learningRate * size)
        var order = Array(sentences.indices)
        var elements = table.elements
        table = Matrix(rows: 0, columns: width)
        for epoch in 0..<settings.epochs {
            order.shuffle(using: &generator)
            var loss = 0.0
            // The rate falls to 0 along half a cosine.
            let share = Double(epoch) / Double(settings.epochs)
            let own = rate * Float(1 - share)
            for sentence in order {
                loss += Double(
                    attar_static_step(
                        &elements, &squares, sentences[sentence], sentences[sentence].count, targets.elements, sentence,
                        width, own, &scratch))
            }
            try report(
                RunProgress(
                    phase: "training on the corpus", completed: epoch + 1, total: settings.epochs, unit: "epochs",
                    loss: loss / Double(max(1, sentences.count))))
        }
        table = Matrix(rows: squares.count, columns: width, elements: elements)
    }
}
