internal import CKernels

/// Brings each column to mean 0 and variance 1 over the batch, then scales and offsets it by learned numbers. When not
/// training, running statistics stand in for the batch's.
///
/// y = (x − mean)/√(variance + epsilon)·scale + offset. Inputs: x (rows, n), and scale, offset, running mean and running
/// variance, (n) each. Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015.
public struct BatchNormalization: Operation, Layer {
    /// How far the running statistics move towards each batch's, in (0, 1].
    public var momentum: Float = 0.1
    /// Added to the variance, above 0.
    public var epsilon: Float = 1e-5

    /// Batch normalisation with the usual constants.
    public init() {}

    public var name: String { "batch normalisation" }
    public var onnxName: String { "BatchNormalization" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 5, inputs[0].isBatched, inputs[0].dimensions.count == 1,
            inputs[1...].allSatisfy({ $0 == .fixed(inputs[0].count) })
        else { throw ShapeError(name, inputs, expected: "(rows, n) and four times (n)") }
        return inputs[0]
    }

    /// The batch's mean and 1/√(variance + epsilon) of each column.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { 2 * result.count }

    public func forward(_ frame: borrowing Frame) {
        let width = frame.result.width
        if frame.isTraining {
            attar_batch_norm(
                frame[0].values, frame[1].values, frame[2].values, frame[3].values, frame[4].values, frame.saved,
                frame.saved + width, frame.result.values, frame.rows, width, momentum, epsilon)
        } else {
            attar_batch_norm_fixed(
                frame[0].values, frame[1].values, frame[2].values, frame[3].values, frame[4].values,
                frame.result.values, frame.rows, width, epsilon)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        let width = frame.result.width
        guard let slope = frame.result.gradient, let scale = frame[1].gradient, let offset = frame[2].gradient
        else { return }
        attar_batch_norm_gradient(
            frame[0].values, frame[1].values, frame.saved, frame.saved + width, slope, frame[0].gradient, scale,
            offset, frame.rows, width)
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let shape = Shape.fixed(graph[input].shape.count)
        let scale = graph.parameter("\(name).scale", shape, .constant(1))
        let offset = graph.parameter("\(name).offset", shape, .constant(0))
        let mean = graph.state("\(name).mean", shape, startingAt: 0)
        let variance = graph.state("\(name).variance", shape, startingAt: 1)
        return try graph.apply(self, to: [input, scale, offset, mean, variance], named: name)
    }
}
