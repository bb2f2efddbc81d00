package import Compute

/// How far rows lie from the nearest of several groups of training rows, in units of the spread within groups.
///
/// d² = min over groups of (x − μ)ᵀ Σ⁻¹ (x − μ), with the groups' means μ and one covariance Σ of the rows around their groups' means. Lee et al., "A Simple
/// Unified Framework for Detecting Out-of-Distribution Samples and Adversarial Attacks", NeurIPS 2018. Σ is shrunk towards a multiple of the identity,
/// (1 − s) Σ + s tr(Σ) / p · I, with s = 0.05: rare directions, in which training rows hardly vary, would else be all that counts.
package struct MahalanobisDistance: Sendable {
    /// Σ's shrinkage.
    package static let shrinkage = 0.05

    /// The directions of Σ, each divided by its deviation: distances are plain ones after this product.
    private let whitening: Matrix
    /// The groups' means in that space, (groups, directions).
    private let means: Matrix

    /// Distances to the groups of training rows.
    ///
    /// - Parameters:
    ///   - rows: (rows, columns), at least one.
    ///   - labels: each row's group, −1 for rows that are not looked at; nil puts all into one.
    package init(to rows: Matrix, labels: [Int32]?) {
        let width = rows.columns
        let labels = labels ?? [Int32](repeating: 0, count: rows.rows)
        let groups = Int(labels.max() ?? 0) + 1
        var counts = [Double](repeating: 0, count: max(1, groups))
        var sums = [Double](repeating: 0, count: max(1, groups) * width)
        for row in 0..<rows.rows where labels[row] >= 0 {
            counts[Int(labels[row])] += 1
            for column in 0..<width {
                sums[Int(labels[row]) * width + column] += Double(rows.elements[row * width + column])
            }
        }
        let present = counts.indices.filter { counts[$0] > 0 }
        var centred = rows
        for row in 0..<rows.rows where labels[row] >= 0 {
            let group = Int(labels[row])
            for column in 0..<width {
                centred.elements[row * width + column] -= Float(sums[group * width + column] / counts[group])
            }
        }
        let known = (0..<rows.rows).filter { labels[$0] >= 0 }
        let spread = PrincipalComponents(
            of: known.count == rows.rows ? centred : centred.selecting(rows: known), count: width)
        let mean = spread.variances.reduce(0, +) / Double(max(1, width))
        var whitening = spread.axes
        for axis in 0..<whitening.rows {
            let variance = (1 - Self.shrinkage) * spread.variances[axis] + Self.shrinkage * mean
            // Groups without any spread of their own: all other rows are far, and none farther for its unit.
            let factor = variance > 0 ? Float(1 / variance.squareRoot()) : 1
            for column in 0..<width { whitening.elements[axis * width + column] *= factor }
        }
        self.whitening = whitening
        let centres = Matrix(
            rows: present.count, columns: width,
            elements: present.flatMap { group in (0..<width).map { Float(sums[group * width + $0] / counts[group]) } })
        means = centres.timesTransposed(whitening)
    }

    /// d² of each row to the nearest group.
    package func squared(of rows: Matrix) -> [Float] {
        let white = rows.timesTransposed(whitening)
        // |x − μ|² = |x|² − 2 x·μ + |μ|².
        let products = white.timesTransposed(means)
        let width = white.columns
        let norms = means.squaredLengths()
        return (0..<rows.rows).map { row in
            var own: Float = 0
            for column in row * width..<(row + 1) * width { own += white.elements[column] * white.elements[column] }
            var nearest = Float.infinity
            for group in norms.indices {
                nearest = min(nearest, norms[group] - 2 * products.elements[row * norms.count + group])
            }
            let squared = own + nearest
            // Farther than a number can say.
            return squared.isFinite ? max(0, squared) : .greatestFiniteMagnitude
        }
    }
}
