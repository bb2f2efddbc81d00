internal import Compute
internal import Foundation

/// The normal distributions of which rows are likeliest, given how much of each row belongs to which: one step of expectation maximisation.
struct MixtureFitting {
    private let rows: Matrix
    private let weights: [Float]
    private let covariance: MixtureEstimator.Covariance
    private let ridge: Double
    private let total: Double

    /// Rows, and how much each counts.
    init(_ rows: Matrix, weights: [Float], covariance: MixtureEstimator.Covariance, ridge: Double) {
        (self.rows, self.weights, self.covariance, self.ridge) = (rows, weights, covariance, ridge)
        total = weights.reduce(0.0) { $0 + Double($1) }
    }

    /// The weighted mean of the rows' log-likelihoods.
    func likelihood(_ densities: Matrix) -> Double {
        var sum = 0.0
        for row in 0..<densities.rows {
            let own = densities.row(row)
            let most = Double(own.max() ?? 0)
            sum += Double(weights[row]) * (most + log(own.reduce(0.0) { $0 + exp(Double($1) - most) }))
        }
        return sum / total
    }

    /// The mixture.
    ///
    /// - Parameter answers: how much of each row belongs to each distribution, (rows, clusters).
    func mixture(_ answers: Matrix) -> NormalMixture {
        let (clusters, width) = (answers.columns, rows.columns)
        var (means, factors, constants) = ([Float](), [Matrix](), [Float]())
        for one in 0..<clusters {
            let own = (0..<rows.rows).map { Double(answers[$0, one]) * Double(weights[$0]) }
            let sum = max(own.reduce(0, +), 1e-10)
            var mean = [Double](repeating: 0, count: width)
            for (row, share) in own.enumerated() where share > 0 {
                for column in 0..<width { mean[column] += share * Double(rows.elements[row * width + column]) }
            }
            mean = mean.map { $0 / sum }
            let (factor, density) = covariance == .full ? full(own, mean, sum) : diagonal(own, mean, sum)
            means += mean.map { Float($0) }
            factors.append(factor)
            constants.append(Float(log(sum / total) + density))
        }
        return NormalMixture(
            means: Matrix(rows: clusters, columns: width, elements: means), factors: factors, constants: constants)
    }

    /// The factors and ½ log |precision| of features that vary by themselves.
    private func diagonal(_ own: [Double], _ mean: [Double], _ sum: Double) -> (Matrix, Double) {
        let width = mean.count
        var variances = [Double](repeating: 0, count: width)
        for (row, share) in own.enumerated() where share > 0 {
            for column in 0..<width {
                let off = Double(rows.elements[row * width + column]) - mean[column]
                variances[column] += share * off * off
            }
        }
        let all = variances.map { $0 / sum + ridge }
        return (
            Matrix(rows: 1, columns: width, elements: all.map { Float(1 / $0.squareRoot()) }),
            all.reduce(0) { $0 - log($1) / 2 }
        )
    }

    /// The same of features that vary together: the inverse of the covariance's Cholesky factor, a lower triangle.
    private func full(_ own: [Double], _ mean: [Double], _ sum: Double) -> (Matrix, Double) {
        let width = mean.count
        let members = own.indices.filter { own[$0] > 0 }
        // √share times the difference, one row a feature: their products are the covariance.
        var off = Matrix(rows: width, columns: members.count)
        for (place, row) in members.enumerated() {
            let share = (own[row] / sum).squareRoot()
            for column in 0..<width {
                off[column, place] = Float(share * (Double(rows.elements[row * width + column]) - mean[column]))
            }
        }
        let products = off.timesTransposed(off)
        var lower = [Double](repeating: 0, count: width * width)
        var density = 0.0
        for row in 0..<width {
            for column in 0...row {
                var value = Double(products[row, column]) + (row == column ? ridge : 0)
                for place in 0..<column { value -= lower[row * width + place] * lower[column * width + place] }
                if row == column {
                    // Rounding may leave less than the ridge of a feature that follows from others.
                    lower[row * width + row] = max(value, ridge / 2).squareRoot()
                    density -= log(lower[row * width + row])
                } else {
                    lower[row * width + column] = value / lower[column * width + column]
                }
            }
        }
        return (Matrix(rows: width, columns: width, elements: Self.inverse(of: lower, width).map(Float.init)), density)
    }

    /// The inverse of a lower triangle, which is one, too.
    private static func inverse(of lower: [Double], _ width: Int) -> [Double] {
        var inverse = [Double](repeating: 0, count: width * width)
        for column in 0..<width {
            for row in column..<width {
                var value = row == column ? 1.0 : 0.0
                for place in column..<row { value -= lower[row * width + place] * inverse[place * width + column] }
                inverse[row * width + column] = value / lower[row * width + row]
            }
        }
        return inverse
    }
}
