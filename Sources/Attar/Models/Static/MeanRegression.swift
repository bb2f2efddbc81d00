internal import Compute

/// Vectors of tokens whose mean over a text comes nearest to what is wanted of the text: min Σ |mean − y|² + λ Σ |v|², by conjugate gradients on the normal equations.
struct MeanRegression {
    /// The places of each text's tokens; a token that stands twice counts twice.
    let texts: [[Int]]
    /// Number of tokens.
    let tokens: Int

    /// λ as a share of the mean diagonal of the normal equations.
    private static let ridge = 0.1
    /// Steps that are taken at most; the ridge bounds the condition, so that these are plenty.
    private static let steps = 60

    /// The vectors, (tokens, wanted.columns).
    ///
    /// - Parameter wanted: one row a text.
    func vectors(_ wanted: Matrix) -> Matrix {
        var vectors = Matrix(rows: tokens, columns: wanted.columns)
        for column in 0..<wanted.columns {
            let own = solution((0..<wanted.rows).map { Double(wanted[$0, column]) })
            for token in 0..<tokens { vectors[token, column] = Float(own[token]) }
        }
        return vectors
    }

    private func means(_ vector: [Double]) -> [Double] {
        texts.map { text in text.isEmpty ? 0 : text.reduce(0) { $0 + vector[$1] } / Double(text.count) }
    }

    private func spread(_ values: [Double]) -> [Double] {
        var spread = [Double](repeating: 0, count: tokens)
        for (text, value) in zip(texts, values) where !text.isEmpty {
            for token in text { spread[token] += value / Double(text.count) }
        }
        return spread
    }

    private func solution(_ wanted: [Double]) -> [Double] {
        let diagonal = texts.reduce(0) { $0 + 1 / Double(max(1, $1.count)) } / Double(max(1, tokens))
        let ridge = Self.ridge * diagonal
        var solution = [Double](repeating: 0, count: tokens)
        var rest = spread(wanted)
        var direction = rest
        var size = rest.reduce(0) { $0 + $1 * $1 }
        let enough = 1e-10 * size
        for _ in 0..<Self.steps where size > enough {
            let image = zip(spread(means(direction)), direction).map { $0 + ridge * $1 }
            let step = size / zip(direction, image).reduce(0) { $0 + $1.0 * $1.1 }
            for token in 0..<tokens {
                solution[token] += step * direction[token]
                rest[token] -= step * image[token]
            }
            let next = rest.reduce(0) { $0 + $1 * $1 }
            for token in 0..<tokens { direction[token] = rest[token] + next / size * direction[token] }
            size = next
        }
        return solution
    }
}
