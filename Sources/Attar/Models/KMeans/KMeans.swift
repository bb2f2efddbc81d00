internal import Compute

/// The centres that rows lie around.
struct KMeans: Sendable {
    private let rows: Matrix
    private let weights: [Float]
    private let context: FittingContext
    /// Each row's squared length.
    private let lengths: [Float]

    /// Rows, and how much each counts.
    init(_ rows: Matrix, weights: [Float], context: FittingContext) {
        (self.rows, self.weights, self.context) = (rows, weights, context)
        lengths = rows.squaredLengths()
    }

    /// What was found.
    struct Found {
        /// (clusters, features).
        var centres: Matrix
        /// Each row's cluster.
        var assignment: [Int32]
        /// The weighted sum of squared distances.
        var cost: Double
        /// The mean squared distance along one feature.
        var variance: Float
    }

    /// The best of several starts, the first of those that are as good.
    ///
    /// - Throws: `AttarError` (`stopped`).
    func best(_ clusters: Int, starts: Int, rounds: Int, seed: UInt64) throws -> Found {
        let found = try concurrently(starts, threads: context.threads) { start in
            try report(
                RunProgress(phase: "finding clusters", completed: start, total: starts, unit: "starts"),
                to: context.progress)
            var generator = SeededGenerator(seed: seed, stream: "k-means \(start)")
            return refined(drawn(clusters, &generator), rounds: rounds)
        }
        guard let best = found.min(by: { $0.cost < $1.cost }) else { preconditionFailure("there is a start") }
        return best
    }

    /// Centres drawn among the rows, each with a chance by its squared distance to those that are drawn already: of a few such draws the one that leaves the least.
    private func drawn(_ clusters: Int, _ generator: inout SeededGenerator) -> Matrix {
        let tries = 2 + Int(Double(clusters).squareRoot())
        var chosen = [pick(weights, &generator)]
        var nearest = distances(to: chosen[0])
        while chosen.count < clusters {
            let chances = zip(nearest, weights).map { $0 * $1 }
            var best: (row: Int, nearest: [Float], cost: Double)?
            for _ in 0..<tries {
                let row = pick(chances, &generator)
                let left = zip(nearest, distances(to: row)).map { min($0, $1) }
                let cost = total(left)
                if cost < best?.cost ?? .infinity { best = (row, left, cost) }
            }
            guard let best else { preconditionFailure("there is a try") }
            chosen.append(best.row)
            nearest = best.nearest
        }
        return rows.selecting(rows: chosen)
    }

    /// A row, drawn with a chance in proportion to the given numbers.
    private func pick(_ chances: [Float], _ generator: inout SeededGenerator) -> Int {
        let sum = chances.reduce(0.0) { $0 + Double($1) }
        guard sum > 0 else { return generator.index(below: chances.count) }
        var left = Double.random(in: 0..<sum, using: &generator)
        var last = 0
        for (row, chance) in chances.enumerated() where chance > 0 {
            left -= Double(chance)
            if left < 0 { return row }
            last = row
        }
        return last
    }

    /// Each row's squared distance to one of them.
    private func distances(to row: Int) -> [Float] {
        let products = rows.timesTransposed(rows.selecting(rows: [row])).elements
        return products.indices.map { max(0, lengths[$0] + lengths[row] - 2 * products[$0]) }
    }

    /// The sum of numbers of the rows by the rows' weights.
    private func total(_ numbers: [Float]) -> Double {
        zip(numbers, weights).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// Lloyd's rounds, until no row changes its cluster.
    private func refined(_ start: Matrix, rounds: Int) -> Found {
        var centres = start
        var (assignment, squares) = assigned(to: centres)
        for _ in 0..<rounds {
            centres = means(assignment, squares, count: centres.rows)
            let (next, distances) = assigned(to: centres)
            let isStill = next == assignment
            (assignment, squares) = (next, distances)
            if isStill { break }
        }
        let cost = total(squares)
        let weight = weights.reduce(0.0) { $0 + Double($1) }
        return Found(
            centres: centres, assignment: assignment, cost: cost,
            variance: Float(cost / (weight * Double(max(1, rows.columns)))))
    }

    /// Each row's nearest centre, and its squared distance to it.
    private func assigned(to centres: Matrix) -> ([Int32], [Float]) {
        let (sizes, count) = (centres.squaredLengths(), centres.rows)
        let products = rows.timesTransposed(centres).elements
        var assignment = [Int32](repeating: 0, count: rows.rows)
        var squares = [Float](repeating: 0, count: rows.rows)
        for row in 0..<rows.rows {
            var (nearest, least) = (0, Float.infinity)
            for one in 0..<count {
                let distance = sizes[one] - 2 * products[row * count + one]
                if distance < least { (nearest, least) = (one, distance) }
            }
            assignment[row] = Int32(nearest)
            squares[row] = max(0, least + lengths[row])
        }
        return (assignment, squares)
    }

    /// The weighted means of the clusters' rows; a cluster without rows gets the one that is farthest from its centre.
    private func means(_ assignment: [Int32], _ squares: [Float], count: Int) -> Matrix {
        let width = rows.columns
        var sums = [Double](repeating: 0, count: count * width)
        var totals = [Double](repeating: 0, count: count)
        for row in 0..<rows.rows {
            let (start, weight) = (Int(assignment[row]) * width, Double(weights[row]))
            totals[Int(assignment[row])] += weight
            for column in 0..<width { sums[start + column] += weight * Double(rows.elements[row * width + column]) }
        }
        let empty = totals.indices.filter { totals[$0] == 0 }
        let farthest =
            empty.isEmpty ? [] : squares.indices.sorted { (squares[$0], $1) > (squares[$1], $0) }.prefix(empty.count)
        var elements = (0..<count * width).map { Float(sums[$0] / max(totals[$0 / width], .leastNonzeroMagnitude)) }
        for (one, row) in zip(empty, farthest) {
            for column in 0..<width { elements[one * width + column] = rows.elements[row * width + column] }
        }
        return Matrix(rows: count, columns: width, elements: elements)
    }
}
