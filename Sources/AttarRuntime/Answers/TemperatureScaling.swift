public import Compute

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
    package func calibrate(_ probabilities: inout MutableSpan<Float>, at start: Int, width: Int) {
        if temperature == 1 { return }
        let exponent = Float(1 / temperature)
        for index in start..<start + width {
            probabilities[index] = exponent * Float.log(max(Self.lowest, probabilities[index]))
        }
        MarginLink.softmax.apply(to: &probabilities, at: start, width: width)
    }

    /// The logits of probabilities as `calibrated` takes them: smaller ones are raised to this.
    package static let lowest: Float = 1e-6
}
