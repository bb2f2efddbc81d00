package import Compute

/// Normal distributions with shares.
package struct NormalMixture: Sendable {
    /// (clusters, features).
    package let means: Matrix
    /// Of each cluster what differences from its mean are multiplied by so that their squares add up to the distance: a lower triangle (features, features), or where
    /// features vary by themselves a single row of one factor a feature.
    package let factors: [Matrix]
    /// Of each cluster the logarithm of its share and of its density at its mean, less −½ d log 2π.
    package let constants: [Float]

    package init(means: Matrix, factors: [Matrix], constants: [Float]) {
        (self.means, self.factors, self.constants) = (means, factors, constants)
    }

    /// The logarithm of share times density of each cluster, less −½ d log 2π, (rows, clusters).
    package func logDensities(of rows: Matrix) -> Matrix {
        let (count, width) = (rows.rows, rows.columns)
        var densities = Matrix(rows: count, columns: means.rows)
        var off = Matrix(rows: count, columns: width)
        for one in 0..<means.rows {
            let isDiagonal = factors[one].rows == 1
            let (mean, factor) = (Array(means.row(one)), factors[one].elements)
            for row in 0..<count {
                let start = row * width
                for column in 0..<width {
                    let difference = rows.elements[start + column] - mean[column]
                    off.elements[start + column] = isDiagonal ? difference * factor[column] : difference
                }
            }
            let scaled = isDiagonal ? off : off.timesTransposed(factors[one])
            for row in 0..<count {
                var square: Float = 0
                for value in scaled.row(row) { square += value * value }
                densities[row, one] = constants[one] - square / 2
            }
        }
        return densities
    }
}
