internal import CKernels
package import Compute

/// Bags of token ids as a linear model multiplies them.
///
/// A bag of n tokens counts as a vector of length 1 where all are different: each token's weights times 1/√n.
package enum TokenBags {
    /// 1/√(number of ids that are not 0) for each row; 1 for an empty one.
    package static func shares(of ids: Matrix) -> [Float] {
        (0..<ids.rows).map { row in
            var count: Float = 0
            for place in row * ids.columns..<(row + 1) * ids.columns where ids.elements[place] != 0 { count += 1 }
            return count > 0 ? 1 / count.squareRoot() : 1
        }
    }

    /// The scores of bags, (rows, outputs).
    package static func scores(of ids: Matrix, shares: [Float], weights: Matrix, bias: [Float]) -> Matrix {
        var scores = Matrix(rows: ids.rows, columns: bias.count)
        var bag = attar_bag(length: ids.columns, vocabulary: weights.rows, width: bias.count, mean: false)
        var ones = [Float](repeating: 0, count: ids.rows)
        attar_embed_bag(&bag, weights.elements, ids.elements, nil, nil, &scores.elements, &ones, ids.rows)
        for row in 0..<ids.rows {
            for output in bias.indices { scores[row, output] = scores[row, output] * shares[row] + bias[output] }
        }
        return scores
    }
}
