internal import Foundation

/// What is known of a weighted mean: how far it may be off, and how skewed that is.
package struct MeanMoments {
    /// The mean.
    let mean: Double
    /// Its variance.
    var variance: Double
    /// The share of `variance` that is left without the correction for the mean's being one of them, (n − 1) / n.
    let uncorrected: Double
    /// The skewness of its error.
    let skewness: Double
    /// The number of equally weighted units that tell as much, (Σ w)² / Σ w² (Kish, 1965).
    let worth: Double

    /// The moments of the mean of some rows.
    ///
    /// - Parameter rows: which of them; nil for all.
    package init(_ values: [Float], _ weighting: RowWeighting, at rows: [Int]? = nil) {
        let rows = rows ?? Array(values.indices)
        var (total, sum) = (0.0, 0.0)
        for row in rows {
            total += weighting.weight(row)
            sum += weighting.weight(row) * Double(values[row])
        }
        let mean = total > 0 ? sum / total : 0
        var (squares, cubes, weights, units) = (0.0, 0.0, 0.0, 0.0)
        weighting.forEachUnit(of: rows) { weight, off in
            guard weight > 0 else { return }
            squares += off * off
            cubes += off * off * off
            weights += weight * weight
            units += 1
        } off: {
            Double(values[$0]) - mean
        }
        worth = weights > 0 ? total * total / weights : 0
        self.mean = mean
        uncorrected = units > 1 ? (units - 1) / units : 1
        variance = units > 1 ? squares / (total * total) * units / (units - 1) : 0
        skewness = squares > 0 ? cubes / (squares * squares.squareRoot()) : 0
    }

    /// The mean with the wider ends of two intervals: Student's, which suits symmetrical errors, and the one that takes the skewness out of Student's
    /// statistic by a cubic transformation (Johnson, JASA 73, 1978; Hall, JRSS B 54, 1992), which suits losses, that are few and large.
    package func estimate(_ level: ConfidenceLevel) -> Estimate {
        guard worth > 1, variance > 0 else { return Estimate(exactly: mean) }
        let quantile = studentQuantile(1 - level.tail, degrees: worth - 1)
        let error = variance.squareRoot()
        return Estimate(
            value: mean, low: mean - error * max(quantile, unskewed(quantile)),
            high: mean + error * max(quantile, -unskewed(-quantile)))
    }

    /// The deviation that the transformation t + a t²/3 + a² t³/27 + a/6 turns into another.
    private func unskewed(_ transformed: Double) -> Double {
        let a = skewness
        guard abs(a) > 1e-6 else { return transformed }
        return 3 / a * (cbrt(1 + a * (transformed - a / 6)) - 1)
    }
}
