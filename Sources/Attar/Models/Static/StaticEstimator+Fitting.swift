internal import Compute

/// A static embedding of a teacher of embeddings:
///
/// 1. Each token of the vocabulary is asked about on its own. Where the teacher knows its rows only, as a file of answers does, the vectors are
///    those whose means come nearest to its answers, and step 3 is left out.
/// 2. Principal components of all answers; the first `width` coordinates are kept.
/// 3. Each vector times a / (a + f), f the token's frequency: counted in the rows, or without any from Zipf's law, 1 / (rank + 2) made to sum to 1, the rank being
///    the token's id. Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", ICLR 2017.
/// 4. The vectors are then trained so that the mean of a text's tokens points where the teacher's embedding of the text does, turned to the same directions.
extension StaticEstimator {
    /// Points alone: a vector of a token is nothing else.
    public var onlyTask: LearningTask.Kind? { .embedding }

    /// Without training on rows: what the student is held against.
    public var untrained: (any Estimator)? {
        var estimator = self
        estimator.epochs = 0
        return epochs == 0 ? nil : estimator
    }

    public func validate(for encoder: FeatureEncoder) throws { _ = try text(of: encoder) }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let (column, tokenizer) = try text(of: transferSet.encoder)
        guard let desk = context.desk else {
            throw AttarError(
                .invalidSetting, "static learns from a teacher's answers to each token, and there is no teacher to ask",
                remedy:
                    "Distil it from a teacher of embeddings, such as --teacher model.onnx --tokenizer tokenizer.json")
        }
        let texts = sequences(transferSet.features)
        let known = (0..<transferSet.count).filter(transferSet.isTaught)
        let answers = transferSet.softTargets?.selecting(rows: known)
        let vectors: TokenVectors
        if desk.answersKnownRowsOnly {
            guard let answers, answers.rows > 0 else {
                throw AttarError(
                    .unusableTeacher, "the teacher knows certain rows only, and none of them is here to learn from",
                    remedy: "Give the texts that it has answered as DATA")
            }
            vectors = try TokenVectors(fittedTo: known.map { texts[$0] }, answers: answers, width: width)
        } else {
            try report(
                RunProgress(phase: "asking about each token", completed: 0, total: 1, unit: ""), to: context.progress)
            vectors = try TokenVectors(tokenizer, askedAt: desk, column: column, width: width)
        }
        let weights =
            desk.answersKnownRowsOnly
            ? [Float](repeating: 1, count: tokenizer.vocabulary.count) : weights(tokenizer, texts, vectors.tokens)
        var table = Matrix(rows: tokenizer.vocabulary.count, columns: width)
        for (row, id) in vectors.tokens.enumerated() {
            for place in 0..<width { table[id, place] = vectors.coordinates[row, place] * weights[id] }
        }
        if let answers, answers.rows > 0, epochs > 0 {
            try StaticTraining(self, seed: context.seed).train(
                &table, known.map { Array(texts[$0].prefix(length)) },
                vectors.axes.coordinates(of: answers, centring: false)
            ) { try report($0, to: context.progress) }
        }
        return StaticModel(table, tokenizer: tokenizer, column: column, length: length, isHalf: precision == .float16)
    }

    /// The column of texts and what cuts them into tokens.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where rows are something else.
    private func text(of encoder: FeatureEncoder) throws -> (column: String, tokenizer: Tokenizer) {
        guard encoder.columns.count == 1, let encoding = encoder.columns[0].text, let tokenizer = encoding.tokenizer,
            encoding.kept == nil
        else {
            throw AttarError(
                .schemaMismatch, "static reads one column of texts as tokens, and a row here is \(encoder.layout)",
                remedy: "Give sentences in a column named 'text', and the teacher's tokenizer.json with --tokenizer")
        }
        return (encoder.columns[0].name, tokenizer)
    }

    /// The tokens' ids of each row: features count them from 1, and 0 stands behind the last.
    private func sequences(_ features: Matrix) -> [[Int32]] {
        (0..<features.rows).map { row in
            (0..<features.columns).compactMap { place in
                let feature = features[row, place]
                return feature > 0 ? Int32(feature) - 1 : nil
            }
        }
    }

    /// a / (a + f) for each id.
    private func weights(_ tokenizer: Tokenizer, _ texts: [[Int32]], _ asked: [Int]) -> [Float] {
        var frequencies = [Double](repeating: 0, count: tokenizer.vocabulary.count)
        if texts.isEmpty {
            for (rank, id) in asked.enumerated() { frequencies[id] = 1 / Double(rank + 2) }
        } else {
            for id in texts.joined() { frequencies[Int(id)] += 1 }
        }
        let total = max(frequencies.reduce(0, +), .leastNormalMagnitude)
        return frequencies.map { Float(smoothing / (smoothing + $0 / total)) }
    }
}
