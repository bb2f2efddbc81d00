package import Compute

/// Spearman's correlation of two models' similarities (cosines) of all pairs of rows, with each row's influence on it.
///
/// The figure is a mean over pairs of rows, so that to first order a row's influence is twice the mean influence of its pairs (Hoeffding, "A Class of Statistics with
/// Asymptotically Normal Distribution", Annals of Mathematical Statistics 19, 1948); of one pair it is z y − ρ (z² + y²) / 2, z and y being its standardised ranks.
package struct SimilarityCorrelation {
    /// The correlation, from −1 to 1.
    package let value: Double
    /// Each row's influence; their mean is 0.
    package let influence: [Float]

    /// The most rows of which all pairs are ranked: the first of them.
    static let mostRows = 400

    /// The correlation of answers to the same rows; nil for fewer than three rows, or where one model finds all rows alike.
    package init?(_ one: Matrix, _ other: Matrix) {
        let count = min(Self.mostRows, one.rows)
        guard count >= 3 else { return nil }
        let (left, right) = (Self.pairs(Self.similarities(one, count)), Self.pairs(Self.similarities(other, count)))
        guard let own = Self.standardRanks(left), let others = Self.standardRanks(right) else { return nil }
        let correlation = zip(own, others).reduce(0) { $0 + $1.0 * $1.1 } / Double(own.count)
        var sums = [Double](repeating: 0, count: count)
        var place = 0
        for row in 0..<count {
            for next in 0..<row {
                let (z, y) = (own[place], others[place])
                let influence = z * y - correlation * (z * z + y * y) / 2
                sums[row] += influence
                sums[next] += influence
                place += 1
            }
        }
        value = correlation
        // Rows that are not ranked have no influence; those that are, stand for all.
        let scale = 2 / Double(count - 1) * Double(one.rows) / Double(count)
        influence = (0..<one.rows).map { $0 < count ? Float(sums[$0] * scale) : 0 }
    }

    /// For each row 1 minus the correlation of its similarities to the other rows with another model's.
    static func losses(_ one: Matrix, _ other: Matrix) -> [Float] {
        let count = min(mostRows, one.rows)
        guard count >= 3 else { return [Float](repeating: 0, count: one.rows) }
        // Rows beyond those of which all pairs are taken are compared with them.
        let (own, others) = (similarities(one, count, of: one.rows), similarities(other, count, of: other.rows))
        return (0..<one.rows).map { row in
            let places = (0..<count).filter { $0 != row }
            return Float(
                1 - RankCorrelation.spearman(places.map { own[row, $0] }, places.map { others[row, $0] }))
        }
    }

    /// The cosines of rows, (rows, count), to the first `count`.
    private static func similarities(_ rows: Matrix, _ count: Int, of all: Int? = nil) -> Matrix {
        let some = rows.selecting(rows: Array(0..<(all ?? count)))
        var scaled = some.elements
        for row in 0..<some.rows { StaticModel.normalise(&scaled, from: row * some.columns, width: some.columns) }
        let unit = Matrix(rows: some.rows, columns: some.columns, elements: scaled)
        return unit.timesTransposed(all == nil ? unit : unit.selecting(rows: Array(0..<count)))
    }

    /// Those of each row with the rows before it.
    private static func pairs(_ similarities: Matrix) -> [Float] {
        (0..<similarities.rows).flatMap { row in (0..<row).map { similarities[row, $0] } }
    }

    /// Ranks with mean 0 and variance 1; nil where they do not vary.
    private static func standardRanks(_ values: [Float]) -> [Double]? {
        let ranks = RankCorrelation.ranks(of: values)
        let mean = Double(values.count - 1) / 2
        let variance = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        guard variance > 0 else { return nil }
        let deviation = variance.squareRoot()
        return ranks.map { ($0 - mean) / deviation }
    }
}
