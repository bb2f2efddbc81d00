internal import CKernels
public import Compute

/// A text's embedding as the mean of its tokens' vectors, scaled to length 1: as fast as cutting the text into tokens.
///
/// Texts are turned into tokens by the tokenizer inside the encoder, without special tokens. A text without tokens has the vector 0.
public struct StaticModel: Model {
    public static let familyName = "static"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// (vocabulary, width): row 0 is the padding's, row id + 1 a token's; weights are part of the vectors.
    package let vectors: [Float]
    /// Whether the vectors have become floats of half the bits.
    package let isHalf: Bool

    /// Vectors of the given table, (tokens, width), one a token of the tokenizer.
    ///
    /// - Parameters:
    ///   - length: the most tokens of a text that count.
    ///   - isHalf: whether the vectors are kept in 16 bits; they are rounded accordingly.
    package init(_ table: Matrix, tokenizer: Tokenizer, column: String, length: Int, isHalf: Bool = true) {
        precondition(table.rows == tokenizer.vocabulary.count, "a vector for each token")
        task = .embedding(width: table.columns)
        encoder = FeatureEncoder(
            columns: [
                EncodedColumn(column, TextEncoding(TextMethod(.tokens), length: length, tokenizer: tokenizer))
            ], ignored: [])
        let zeros = [Float](repeating: 0, count: table.columns)
        // The padding's row, the tokens', and one for ids that the tokenizer does not give.
        let all = zeros + table.elements + zeros
        self.isHalf = isHalf
        vectors = isHalf ? Tensor(halves: all, shape: [all.count]).floats ?? all : all
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        guard case .tokens(_, let vocabulary) = encoder.layout, task.form == .values,
            encoder.columns[0].text?.tokenizer != nil
        else {
            throw AttarError(.malformedArtifact, "the static model is damaged: it reads no texts")
        }
        let table = try description.floats("vectors", shape: [vocabulary - 2, task.width])
        isHalf = description.tensors["vectors"]?.isHalf ?? false
        let zeros = [Float](repeating: 0, count: task.width)
        vectors = zeros + table + zeros
        self.task = task
        self.encoder = encoder
    }

    public var description: ModelDescription {
        let width = task.width
        let table = Array(vectors[width..<vectors.count - width])
        let shape = [table.count / width, width]
        return ModelDescription(
            family: Self.familyName,
            tensors: ["vectors": isHalf ? Tensor(halves: table, shape: shape) : Tensor(table, shape: shape)])
    }

    public func outputs(for features: Matrix) -> Answers {
        let width = task.width
        var means = Matrix(rows: features.rows, columns: width)
        var shares = [Float](repeating: 0, count: features.rows)
        var bag = attar_bag(
            length: features.columns, vocabulary: vectors.count / width, width: width, mean: true)
        attar_embed_bag(
            &bag, vectors, features.elements, nil, nil, &means.elements, &shares, features.rows)
        for row in 0..<means.rows { Self.normalise(&means.elements, from: row * width, width: width) }
        return Answers(.values, means)
    }

    /// The embeddings of texts, (texts.count, width), without the detour over a data set.
    ///
    /// - Parameters:
    ///   - texts: any; one without tokens gets the vector 0.
    ///   - threads: how many threads share them.
    public func embeddings(of texts: [String], threads: Int = 1) -> Matrix {
        guard let encoding = encoder.columns[0].text, let tokenizer = encoding.tokenizer else {
            preconditionFailure("a static model has a tokenizer")
        }
        let width = task.width
        let block = 256
        let parts = try? concurrently((texts.count + block - 1) / block, threads: threads) { index in
            let own = Array(texts[index * block..<min(texts.count, (index + 1) * block)])
            var sums = [Float](repeating: 0, count: own.count * width)
            let ids = tokenizer.encodeBatch(own, maxLength: encoding.length, addsSpecialTokens: false)
            for (row, ids) in ids.enumerated() {
                attar_sum_rows(vectors, ids, ids.count, 1, width, &sums, row * width)
                Self.normalise(&sums, from: row * width, width: width)
            }
            return sums
        }
        return Matrix(rows: texts.count, columns: width, elements: (parts ?? []).flatMap { $0 })
    }

    /// Scales a vector to length 1; 0 stays.
    package static func normalise(_ values: inout [Float], from start: Int, width: Int) {
        attar_scale_to_one(&values, start, width)
    }
}
