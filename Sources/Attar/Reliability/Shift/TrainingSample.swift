internal import Compute

/// Training rows, as many as suffice, and the space that they span.
struct TrainingSample: Sendable {
    /// The rows, and what they ask.
    let problem: Problem
    /// Encoded, (rows, width).
    let features: Matrix
    /// The space of their features; nil where rows are sequences of tokens, whose numbers mean nothing, or do not differ.
    let space: FeatureSpace?

    /// Rows that are drawn at most.
    static let most = 10_000

    /// The rows.
    var rows: Dataset { problem.rows }
    /// What is right, one a row.
    var truth: Truth { problem.truth }

    /// Rows drawn from the seed.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where the encoder does not fit them.
    init(of training: Problem, encoder: FeatureEncoder, seed: UInt64) throws {
        problem = training.sample(of: Self.most, seed: seed, stream: "training sample")
        features = try encoder.encoded(problem.rows)
        space = encoder.columns.allSatisfy { $0.vocabulary == 0 } ? FeatureSpace(of: features, seed: seed) : nil
    }
}

extension Problem {
    /// At most so many rows, drawn from a seed, in their order.
    func sample(of most: Int, seed: UInt64, stream: String) -> Problem {
        guard rows.count > most else { return self }
        var generator = SeededGenerator(seed: seed, stream: stream)
        return selecting(Array(Array(0..<rows.count).shuffled(using: &generator).prefix(most)).sorted())
    }
}
