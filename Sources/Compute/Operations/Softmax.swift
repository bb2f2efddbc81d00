internal import CKernels

/// Turns logits into probabilities over the last dimension: y_j = e^(x_j) / Σ_k e^(x_k), x (rows, …, n).
public struct Softmax: Operation, Layer {
    /// Softmax over the last dimension.
    public init() {}

    public var name: String { "softmax" }
    public var onnxName: String { "Softmax" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].isBatched, inputs[0].count > 0 else {
            throw ShapeError(name, inputs, expected: "(rows, …, n)")
        }
        return inputs[0]
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, y, width) = (frame[0].values, frame.result.values, frame.result.dimensions.last)
        frame.parallel(frame.rows * frame.result.width / width, atLeast: max(1, 1 << 14 / width)) { rows, _ in
            let start = rows.lowerBound * width
            attar_softmax(x + start, y + start, rows.count, width)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let from = frame.result.gradient, let into = frame[0].gradient else { return }
        let (y, width) = (frame.result.values, frame.result.dimensions.last)
        frame.parallel(frame.rows * frame.result.width / width, atLeast: max(1, 1 << 14 / width)) { rows, _ in
            let start = rows.lowerBound * width
            attar_softmax_gradient(y + start, from + start, into + start, rows.count, width)
        }
    }
}
