internal import CKernels
internal import Compute

/// Rows as a linear model multiplies them: dense features, or bags of token ids.
///
/// A bag of n tokens counts as a vector of length 1 where all are different: each token's weights times 1/√n.
enum LinearRows {
    /// Features (rows, features) and the same by columns.
    case dense(Matrix, columns: Matrix)
    /// Ids (rows, length), each row's 1/√n, and the number of ids.
    case bags(Matrix, shares: [Float], vocabulary: Int)

    /// The rows as they are multiplied, each part with weights of its own.
    static func parts(_ features: Matrix, readBy encoder: FeatureEncoder) -> [LinearRows] {
        switch encoder.layout {
        case .tokens(_, let vocabulary):
            return [.bags(features, shares: TokenBags.shares(of: features), vocabulary: vocabulary)]
        case .mixed:
            let mixed = MixedRows(features, blocks: encoder.blocks)
            return [.dense(mixed.numbers, columns: mixed.numbers.transposed())]
                + mixed.bags.map { .bags($0.ids, shares: $0.shares, vocabulary: $0.vocabulary) }
        case .flat, .picture: return [.dense(features, columns: features.transposed())]
        }
    }

    /// Whether rows are bags, which have length 1: a hundredth of the penalty counts.
    var isBag: Bool { if case .bags = self { true } else { false } }

    /// The shape of a solution's weights: (outputs, features), or for bags (vocabulary, outputs), so that a token's stand together.
    func shape(outputs: Int) -> (rows: Int, columns: Int) {
        switch self {
        case .dense(let features, _): (outputs, features.columns)
        case .bags(_, _, let vocabulary): (vocabulary, outputs)
        }
    }

    /// The scores, (rows, outputs).
    func scores(_ weights: Matrix, _ bias: [Float]) -> Matrix {
        switch self {
        case .dense(let features, _): LinearModel.scores(features, weights: weights, bias: bias)
        case .bags(let ids, let shares, _): TokenBags.scores(of: ids, shares: shares, weights: weights, bias: bias)
        }
    }

    /// The derivatives by the weights, in their shape, from those by the scores, (rows, outputs).
    func slopes(_ byScores: Matrix) -> [Float] {
        switch self {
        case .dense(_, let columns): return byScores.transposed().timesTransposed(columns).elements
        case .bags(let ids, let shares, let vocabulary):
            var slopes = [Float](repeating: 0, count: vocabulary * byScores.columns)
            var bag = attar_bag(length: ids.columns, vocabulary: vocabulary, width: byScores.columns, mean: false)
            attar_embed_bag_gradient(
                &bag, ids.elements, nil, nil, shares, byScores.elements, &slopes, ids.rows, 0, byScores.columns)
            return slopes
        }
    }

    /// The scores of all parts together, (rows, outputs).
    static func scores(_ parts: [LinearRows], _ solution: LinearEstimator.Solution) -> Matrix {
        var scores = parts[0].scores(solution.parts[0], solution.bias)
        let none = [Float](repeating: 0, count: solution.bias.count)
        for (part, weights) in zip(parts, solution.parts).dropFirst() {
            let own = part.scores(weights, none)
            for place in scores.elements.indices { scores.elements[place] += own.elements[place] }
        }
        return scores
    }
}
