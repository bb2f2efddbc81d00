internal import CKernels

/// Brings each row to mean 0 and variance 1, then scales and offsets each column by learned numbers.
///
/// y = (x − mean)/√(variance + epsilon)·scale + offset. Inputs: x (rows, n), scale (n), offset (n).
/// Source: Ba, Kiros and Hinton, "Layer Normalization", arXiv 1607.06450 (2016).
public struct LayerNormalization: Operation, Layer {
    /// Added to the variance, above 0.
    public var epsilon: Float = 1e-5

    /// Layer normalisation with the usual constant.
    public init() {}

    public var name: String { "layer normalisation" }
    public var onnxName: String { "LayerNormalization" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, inputs[0].isBatched, inputs[0].dimensions.count == 1,
            inputs[1...].allSatisfy({ $0 == .fixed(inputs[0].count) })
        else { throw ShapeError(name, inputs, expected: "(rows, n) and twice (n)") }
        return inputs[0]
    }

    /// The mean and 1/√(variance + epsilon) of each row.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { 2 * rows }

    public func forward(_ frame: borrowing Frame) {
        attar_layer_norm(
            frame[0].values, frame[1].values, frame[2].values, frame.saved, frame.saved + frame.rows,
            frame.result.values, frame.rows, frame.result.width, epsilon)
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient, let scale = frame[1].gradient, let offset = frame[2].gradient
        else { return }
        attar_layer_norm_gradient(
            frame[0].values, frame[1].values, frame.saved, frame.saved + frame.rows, slope, frame[0].gradient, scale,
            offset, frame.rows, frame.result.width)
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let shape = Shape.fixed(graph[input].shape.count)
        let scale = graph.parameter("\(name).scale", shape, .constant(1))
        let offset = graph.parameter("\(name).offset", shape, .constant(0))
        return try graph.apply(self, to: [input, scale, offset], named: name)
    }
}
