public import Compute
internal import Foundation

extension TemperatureScaling {
    /// The temperature that makes the labels likeliest, by golden-section search over its logarithm.
    ///
    /// The negative log likelihood is convex in 1/temperature, so that it has one minimum. Without labelled rows the
    /// temperature is 1.
    /// - Parameters:
    ///   - logits: (rows, classes), finite; rows that the model was not trained on.
    ///   - labels: each row's class, −1 where unknown.
    ///   - weights: one a row; nil weighs all rows the same.
    public init(fittedTo logits: Matrix, labels: [Int32], weights: [Float]? = nil) {
        precondition(labels.count == logits.rows, "one label a row")
        self = .identity
        guard labels.contains(where: { $0 >= 0 }), logits.columns > 1 else { return }
        func loss(_ logarithm: Double) -> Double {
            let scaled = TemperatureScaling(temperature: exp(logarithm)).scaled(logits)
            return DistillationLoss.labelsOnly(.probabilities).value(outputs: scaled, labels: labels, weights: weights)
        }
        let golden = (5.0.squareRoot() - 1) / 2
        var (low, high) = (-log(20.0), log(20.0))
        var (left, right) = (high - golden * (high - low), low + golden * (high - low))
        var (leftLoss, rightLoss) = (loss(left), loss(right))
        while high - low > 1e-3 {
            if leftLoss <= rightLoss {
                (high, right, rightLoss) = (right, left, leftLoss)
                left = high - golden * (high - low)
                leftLoss = loss(left)
            } else {
                (low, left, leftLoss) = (left, right, rightLoss)
                right = low + golden * (high - low)
                rightLoss = loss(right)
            }
        }
        let best = (low + high) / 2
        // Rows that say nothing about the temperature leave it alone.
        if loss(best) < loss(0) { temperature = exp(best) }
    }
}
