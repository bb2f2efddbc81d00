internal import Compute

/// Training rows, as many as suffice, and the space that they span.
struct TrainingSample: Sendable {
    /// The rows, with their target.
    let rows: Dataset
    /// Encoded, (rows, width).
    let features: Matrix
    /// The space of their features; nil where rows are sequences of tokens, whose numbers mean nothing, or do not differ.
    let space: FeatureSpace?

    /// Rows that are drawn at most.
    static let most = 10_000

    /// Rows drawn from the seed.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where the encoder does not fit them.
    init(of training: Dataset, encoder: FeatureEncoder, seed: UInt64) throws {
        rows = training.sample(of: Self.most, seed: seed, stream: "training sample")
        features = try encoder.encoded(rows)
        space = encoder.columns.allSatisfy { $0.vocabulary == 0 } ? FeatureSpace(of: features, seed: seed) : nil
    }
}

extension Dataset {
    /// At most so many rows, drawn from a seed, in their order.
    func sample(of most: Int, seed: UInt64, stream: String) -> Dataset {
        guard count > most else { return self }
        var generator = SeededGenerator(seed: seed, stream: stream)
        return selecting(Array(Array(0..<count).shuffled(using: &generator).prefix(most)).sorted())
    }
}
