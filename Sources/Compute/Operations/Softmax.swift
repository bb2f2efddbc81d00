internal import CKernels

/// Turns each row's logits into probabilities: y_j = e^(x_j) / Σ_k e^(x_k).
public struct Softmax: Operation, Layer {
    /// Softmax over each row.
    public init() {}

    public var name: String { "softmax" }
    public var onnxName: String { "Softmax" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].isBatched, inputs[0].count > 0 else {
            throw ShapeError(name, inputs, expected: "(rows, n)")
        }
        return inputs[0]
    }

    public func forward(_ frame: borrowing Frame) {
        attar_softmax(frame[0].values, frame.result.values, frame.rows, frame.result.width)
    }

    public func backward(_ frame: borrowing Frame) {
        guard let from = frame.result.gradient, let into = frame[0].gradient else { return }
        attar_softmax_gradient(frame.result.values, from, into, frame.rows, frame.result.width)
    }
}
