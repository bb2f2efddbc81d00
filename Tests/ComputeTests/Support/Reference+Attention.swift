import Foundation

extension Reference {
    /// The sizes of an attention, and what its queries see.
    struct Attention {
        var rows: Int
        var queries: Int
        var keys: Int
        var width: Int
        var heads: Int
        var isCausal = false
        var rotaryBase: Double?
    }

    /// Attention by its definition: q (rows, n, width), k and v (rows, m, width); keys whose id is 0 are not seen.
    static func attention(
        _ q: [Double], _ k: [Double], _ v: [Double], ids: [Double]? = nil, _ sizes: Attention
    ) -> [Double] {
        let (n, m, width, depth) = (sizes.queries, sizes.keys, sizes.width, sizes.width / sizes.heads)
        let q = turned(q, length: n, sizes)
        let k = turned(k, length: m, sizes)
        var result = [Double](repeating: 0, count: q.count)
        for row in 0..<sizes.rows {
            for head in 0..<sizes.heads {
                for query in 0..<n {
                    let own = (row * n + query) * width + head * depth
                    let seen = (0..<m).filter { key in
                        (!sizes.isCausal || key <= query) && ids?[row * m + key] != 0
                    }
                    let places = seen.map { (row * m + $0) * width + head * depth }
                    let scores = places.map { place in
                        (0..<depth).reduce(0) { $0 + q[own + $1] * k[place + $1] } / Double(depth).squareRoot()
                    }
                    let shares = seen.isEmpty ? [] : softmax(scores, rows: 1)
                    for (share, place) in zip(shares, places) {
                        for column in 0..<depth { result[own + column] += share * v[place + column] }
                    }
                }
            }
        }
        return result
    }

    /// Queries, keys and values out of one tensor (rows, n, 3·width).
    static func unpacked(_ packed: [Double], width: Int) -> [[Double]] {
        (0..<3).map { part in
            stride(from: part * width, to: packed.count, by: 3 * width).flatMap { packed[$0..<$0 + width] }
        }
    }

    private static func turned(_ x: [Double], length: Int, _ sizes: Attention) -> [Double] {
        guard let base = sizes.rotaryBase else { return x }
        let depth = sizes.width / sizes.heads
        var result = x
        for start in stride(from: 0, to: x.count, by: depth) {
            let position = start / sizes.width % length
            for pair in 0..<depth / 2 {
                let angle = Double(position) * pow(base, -2 * Double(pair) / Double(depth))
                let (a, b) = (x[start + pair], x[start + depth / 2 + pair])
                result[start + pair] = a * cos(angle) - b * sin(angle)
                result[start + depth / 2 + pair] = a * sin(angle) + b * cos(angle)
            }
        }
        return result
    }

    static func rmsNorm(_ x: [Double], scale: [Double], epsilon: Double) -> [Double] {
        let width = scale.count
        return stride(from: 0, to: x.count, by: width).flatMap { start in
            let values = x[start..<start + width]
            let squares = values.reduce(0) { $0 + $1 * $1 } / Double(width)
            return zip(values, scale).map { $0 / (squares + epsilon).squareRoot() * $1 }
        }
    }
}
