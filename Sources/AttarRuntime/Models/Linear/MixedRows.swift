package import Compute

/// Rows with ids of words beside other features, taken apart as a linear model multiplies them.
package struct MixedRows: Sendable {
    /// A block of ids: which features, and how many ids there are.
    package struct IDs: Hashable, Sendable {
        /// The features.
        package let range: Range<Int>
        /// How many ids there are.
        package let vocabulary: Int
    }

    /// The features that are no ids, (rows, numbers).
    package let numbers: Matrix
    /// For each block of ids the ids, (rows, length), and each row's 1/√n.
    package let bags: [(ids: Matrix, shares: [Float], vocabulary: Int)]

    /// Which features are numbers, and which are ids.
    package static func parts(of blocks: [FeatureBlock]) -> (numbers: [Range<Int>], ids: [IDs]) {
        var parts: (numbers: [Range<Int>], ids: [IDs]) = ([], [])
        for block in blocks {
            if case .tokens(_, let vocabulary) = block.layout {
                parts.ids.append(IDs(range: block.range, vocabulary: vocabulary))
            } else {
                parts.numbers.append(block.range)
            }
        }
        return parts
    }

    /// Features, (rows, width), taken apart.
    package init(_ features: Matrix, blocks: [FeatureBlock]) {
        let (numbers, ids) = Self.parts(of: blocks)
        self.numbers = Self.columns(numbers, of: features)
        bags = ids.map { block in
            let own = Self.columns([block.range], of: features)
            return (own, TokenBags.shares(of: own), block.vocabulary)
        }
    }

    /// Some columns of a matrix, side by side.
    package static func columns(_ ranges: [Range<Int>], of features: Matrix) -> Matrix {
        let width = ranges.reduce(0) { $0 + $1.count }
        var elements: [Float] = []
        elements.reserveCapacity(features.rows * width)
        for row in 0..<features.rows {
            let start = row * features.columns
            for range in ranges {
                elements.append(contentsOf: features.elements[start + range.lowerBound..<start + range.upperBound])
            }
        }
        return Matrix(rows: features.rows, columns: width, elements: elements)
    }

    /// The weighted sums of all, (rows, outputs).
    package func scores(weights: Matrix, bags tables: [Matrix], bias: [Float]) -> Matrix {
        var scores = LinearModel.scores(numbers, weights: weights, bias: bias)
        let none = [Float](repeating: 0, count: bias.count)
        for (bag, table) in zip(bags, tables) {
            let own = TokenBags.scores(of: bag.ids, shares: bag.shares, weights: table, bias: none)
            for place in scores.elements.indices { scores.elements[place] += own.elements[place] }
        }
        return scores
    }
}

/// Scores one row of ids and numbers in the caller's buffer.
final class MixedSession: PredictionSession {
    /// (numbers, task.width), so that all outputs advance together.
    private let weights: [Float]
    private let bags: [[Float]]
    private let bias: [Float]
    private let numbers: [Range<Int>]
    private let ids: [MixedRows.IDs]
    private let classifies: Bool
    private var sums: [Float]

    init(_ model: LinearModel) {
        weights = model.weights.transposed().elements
        bags = model.bags.map(\.elements)
        bias = model.bias
        (numbers, ids) = MixedRows.parts(of: model.encoder.blocks)
        classifies = model.task.form == .probabilities
        sums = [Float](repeating: 0, count: model.bias.count)
    }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        let width = bias.count
        for column in 0..<width { outputs[column] = bias[column] }
        var place = 0
        for range in numbers {
            for feature in range {
                for column in 0..<width { outputs[column] += features[feature] * weights[place + column] }
                place += width
            }
        }
        for (index, block) in ids.enumerated() {
            var count: Float = 0
            for column in 0..<width { sums[column] = 0 }
            for position in block.range where features[position] != 0 {
                let id = min(block.vocabulary - 1, max(0, Int(features[position])))
                for column in 0..<width { sums[column] += bags[index][id * width + column] }
                count += 1
            }
            let share = count > 0 ? 1 / count.squareRoot() : 1
            for column in 0..<width { outputs[column] += sums[column] * share }
        }
        if classifies { MarginLink.softmax.apply(to: &outputs, at: 0, width: width) }
    }
}
