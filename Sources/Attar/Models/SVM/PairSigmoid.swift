internal import Foundation

/// The sigmoid that turns a pair's decision values into probabilities, fitted by maximum likelihood.
///
/// Labels are softened to (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2), so that few rows, or rows told apart perfectly, do not make it a step.
/// Source: Platt, "Probabilistic Answers for Support Vector Machines" (1999); Newton's method with backtracking after Lin, Lin
/// and Weng, Machine Learning 68 (2007).
package struct PairSigmoid {
    /// The factor of the decision value.
    package private(set) var slope = 1.0
    /// What is added to it.
    package private(set) var offset = 0.0

    /// Fits the sigmoid; without rows of both classes it stays 1 / (1 + exp(−decision)).
    ///
    /// - Parameters:
    ///   - decisions: positive for the first class.
    ///   - isFirst: whether each row is of the first class.
    package init(fittedTo decisions: [Float], isFirst: [Bool]) {
        let first = Double(isFirst.count { $0 })
        let second = Double(isFirst.count) - first
        guard first > 0, second > 0 else { return }
        let targets = isFirst.map { $0 ? (first + 1) / (first + 2) : 1 / (second + 2) }
        let values = decisions.map(Double.init)
        offset = log((first + 1) / (second + 1))
        slope = 0
        var loss = Self.loss(values, targets, slope, offset)
        for _ in 0..<100 {
            // The ridge keeps the matrix of second derivatives invertible where all decisions are equal.
            var (slopes, offsets, mixed) = (1e-9, 1e-9, 0.0)
            var (slopeGradient, offsetGradient) = (0.0, 0.0)
            for (value, target) in zip(values, targets) {
                let p = 1 / (1 + exp(-(slope * value + offset)))
                let curvature = p * (1 - p)
                slopes += value * value * curvature
                offsets += curvature
                mixed += value * curvature
                slopeGradient += value * (p - target)
                offsetGradient += p - target
            }
            if abs(slopeGradient) < 1e-5, abs(offsetGradient) < 1e-5 { return }
            let determinant = slopes * offsets - mixed * mixed
            let slopeStep = -(offsets * slopeGradient - mixed * offsetGradient) / determinant
            let offsetStep = -(slopes * offsetGradient - mixed * slopeGradient) / determinant
            var step = 1.0
            var next = Self.loss(values, targets, slope + slopeStep, offset + offsetStep)
            while !(next < loss), step > 1e-10 {
                step /= 2
                next = Self.loss(values, targets, slope + step * slopeStep, offset + step * offsetStep)
            }
            guard next < loss else { return }
            (slope, offset, loss) = (slope + step * slopeStep, offset + step * offsetStep, next)
        }
    }

    private static func loss(_ values: [Double], _ targets: [Double], _ slope: Double, _ offset: Double) -> Double {
        zip(values, targets).reduce(0) { sum, row in
            let exponent = slope * row.0 + offset
            // log(1 + exp(e)) − t·e, without overflow.
            return sum + max(0, exponent) + log1p(exp(-abs(exponent))) - row.1 * exponent
        }
    }
}
