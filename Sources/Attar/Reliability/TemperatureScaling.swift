public import Compute
internal import Foundation

/// One temperature by which logits are divided so that the probabilities mean what they say.
///
/// Dividing all logits by one number changes no prediction, only how sure it is.
/// Source: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017), section 4.2.
public struct TemperatureScaling: Hashable, Codable, Sendable {
    /// The divisor of the logits, from 1/20 to 20: above 1 makes the model less sure, below 1 more.
    public var temperature: Double

    /// Leaves probabilities as they are.
    public static let identity = TemperatureScaling(temperature: 1)

    /// The scaling of a given temperature, above 0.
    public init(temperature: Double) {
        self.temperature = temperature
    }

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

    /// The logits divided by the temperature.
    public func scaled(_ logits: Matrix) -> Matrix {
        Matrix(
            rows: logits.rows, columns: logits.columns,
            elements: logits.elements.map { Float(Double($0) / temperature) })
    }

    /// Probabilities after scaling, p^(1/temperature) brought back to a sum of 1; (rows, classes).
    public func calibrated(_ probabilities: Matrix) -> Matrix {
        if temperature == 1 { return probabilities }
        var result = probabilities
        let width = probabilities.columns
        var places = result.elements.mutableSpan
        for row in 0..<probabilities.rows { calibrate(&places, at: row * width, width: width) }
        return result
    }

    /// Scales one row of probabilities where it stands, without allocating.
    func calibrate(_ probabilities: inout MutableSpan<Float>, at start: Int, width: Int) {
        if temperature == 1 { return }
        let exponent = Float(1 / temperature)
        for index in start..<start + width {
            probabilities[index] = exponent * Float.log(max(Self.lowest, probabilities[index]))
        }
        MarginLink.softmax.apply(to: &probabilities, at: start, width: width)
    }

    /// The logits of probabilities as `calibrated` takes them: smaller ones are raised to this.
    static let lowest: Float = 1e-6
}
