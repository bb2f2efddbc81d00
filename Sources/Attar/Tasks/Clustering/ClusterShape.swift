internal import Compute

/// How clusters lie among the rows' features: how far rows are from their clusters' means, and how much nearer to their own cluster than to the next.
struct ClusterShape {
    /// (rows, features).
    private let features: Matrix
    private let weights: [Float]
    private let clusters: Int
    /// The cluster of rows that belong to none; nil where there is none.
    private let noise: Int?

    /// Rows at most among which the silhouette is taken: each is compared with each.
    static let mostRows = 1_000

    /// Features of rows that stand in so many clusters.
    init(_ features: Matrix, weights: [Float], clusters: Int, noise: Int?) {
        (self.features, self.weights, self.clusters, self.noise) = (features, weights, clusters, noise)
    }

    /// Each row's squared distance to the mean of its cluster's rows.
    func squares(_ assignment: [Int32]) -> [Float] {
        let width = features.columns
        var sums = [Double](repeating: 0, count: clusters * width)
        var totals = [Double](repeating: 0, count: clusters)
        for (row, one) in assignment.enumerated() {
            totals[Int(one)] += Double(weights[row])
            for column in 0..<width {
                sums[Int(one) * width + column] += Double(weights[row]) * Double(features[row, column])
            }
        }
        return assignment.enumerated().map { row, one in
            let total = totals[Int(one)]
            guard total > 0 else { return 0 }
            var square = 0.0
            for column in 0..<width {
                let off = Double(features[row, column]) - sums[Int(one) * width + column] / total
                square += off * off
            }
            return Float(square)
        }
    }

    /// Each row's silhouette and whether it was measured, at most `mostRows` of them, evenly spread; rows of noise have none.
    ///
    /// (b − a) / max(a, b) of the mean distance a to the other rows of its cluster and the least mean distance b to those of another, by weight. 0 for a row alone in its
    /// cluster, and where there is one cluster only. Rousseeuw, Journal of Computational and Applied Mathematics 20 (1987).
    func silhouettes(_ assignment: [Int32]) -> (values: [Float], measured: [Float]) {
        var (values, measured) = (
            [Float](repeating: 0, count: features.rows), [Float](repeating: 0, count: features.rows)
        )
        let told = assignment.indices.filter { Int(assignment[$0]) != noise && weights[$0] > 0 }
        let count = min(Self.mostRows, told.count)
        let rows = (0..<count).map { told[$0 * told.count / count] }
        let chosen = features.selecting(rows: rows)
        let (products, lengths) = (chosen.timesTransposed(chosen), chosen.squaredLengths())
        var totals = [Double](repeating: 0, count: clusters)
        for row in rows { totals[Int(assignment[row])] += Double(weights[row]) }
        for (place, row) in rows.enumerated() {
            var sums = [Double](repeating: 0, count: clusters)
            for (other, next) in rows.enumerated() where other != place {
                let square = lengths[place] + lengths[other] - 2 * products[place, other]
                sums[Int(assignment[next])] += Double(weights[next]) * Double(max(0, square).squareRoot())
            }
            measured[row] = 1
            let own = Int(assignment[row])
            let rest = totals[own] - Double(weights[row])
            let nearest = totals.indices.filter { $0 != own && totals[$0] > 0 }.map { sums[$0] / totals[$0] }.min()
            guard rest > 1e-9 * totals[own], let nearest else { continue }
            let inside = sums[own] / rest
            let most = max(inside, nearest)
            values[row] = most > 0 ? Float((nearest - inside) / most) : 0
        }
        return (values, measured)
    }

    /// The silhouette, and beside a teacher's clusters the cost over theirs, as row-wise numbers. Rows that the teacher finds to be noise have no cost.
    func statistics(_ assignment: [Int32], teacher: [Int32]?) -> RowStatistics {
        let silhouettes = silhouettes(assignment)
        @Sendable func silhouette(_ sums: [Double]) -> Double {
            sums[1] > 0 ? max(-1, min(1, sums[0] / sums[1])) : 0
        }
        var parts = RowStatistics.Parts(
            metrics: [.silhouette], columns: [silhouettes.values, silhouettes.measured]
        ) { sums, _ in [silhouette(sums)] }
        if let teacher {
            func costs(_ assignment: [Int32]) -> [Float] {
                zip(squares(assignment), teacher).map { Int($1) == noise ? 0 : $0 }
            }
            parts.metrics.append(.costRatio)
            parts.columns += [costs(assignment), costs(teacher)]
            parts.combine = { sums, weight in
                // Of clusters whose rows are all alike any other costs infinitely more.
                let least = 1e-9 * max(weight, sums[2])
                return [silhouette(sums), (sums[2] + least) / (sums[3] + least)]
            }
        }
        return RowStatistics(parts, rows: features.rows)
    }
}
