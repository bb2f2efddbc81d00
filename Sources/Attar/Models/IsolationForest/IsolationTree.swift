internal import Compute

/// A tree of random splits, which part rows that are strange early.
struct IsolationTree: Sendable {
    /// The feature that each node splits on, −1 for a leaf, in breadth-first order.
    private(set) var features: [Int32] = []
    /// Thresholds; of leaves the depth at which a row would be alone.
    private(set) var values: [Float] = []

    /// Splits rows at random features and places until each is alone, or as deep as a balanced tree of them is.
    ///
    /// - Parameters:
    ///   - rows: positions of those that are split, at least one.
    ///   - share: what depths are multiplied by.
    init(in matrix: Matrix, rows: [Int], share: Double, _ generator: inout SeededGenerator) {
        // The least depth at which a balanced tree has a leaf for each row.
        let deepest = rows.count <= 1 ? 0 : Int.bitWidth - (rows.count - 1).leadingZeroBitCount
        var open: [(rows: [Int], depth: Int)] = [(rows, 0)]
        var next = 0
        while next < open.count {
            let (rows, depth) = open[next]
            open[next].rows = []
            next += 1
            if rows.count > 1, depth < deepest,
                let (feature, threshold) = Self.split(rows, of: matrix, &generator)
            {
                features.append(Int32(feature))
                values.append(threshold)
                open.append((rows.filter { matrix[$0, feature] < threshold }, depth + 1))
                open.append((rows.filter { matrix[$0, feature] >= threshold }, depth + 1))
            } else {
                features.append(-1)
                values.append(Float(share * (Double(depth) + IsolationForestModel.expectedDepth(rows.count))))
            }
        }
    }

    /// A feature that varies among rows, and a place between its least and greatest value; nil where none does.
    private static func split(
        _ rows: [Int], of matrix: Matrix, _ generator: inout SeededGenerator
    ) -> (feature: Int, threshold: Float)? {
        var untried = Array(0..<matrix.columns)
        while !untried.isEmpty {
            let place = generator.index(below: untried.count)
            let feature = untried[place]
            untried.swapAt(place, untried.count - 1)
            untried.removeLast()
            var (least, greatest) = (Float.infinity, -Float.infinity)
            for row in rows {
                let value = matrix[row, feature]
                (least, greatest) = (min(least, value), max(greatest, value))
            }
            guard least < greatest else { continue }
            // In double precision, so that the width does not overflow; what rounds down to the least would part nothing.
            let drawn = Float(
                Double(least) + Double.random(in: 0..<1, using: &generator) * (Double(greatest) - Double(least)))
            return (feature, drawn > least ? min(drawn, greatest) : greatest)
        }
        return nil
    }
}
