internal import CKernels

/// Brings each position's vector to mean 0 and variance 1, then scales and offsets each column by learned numbers.
///
/// y = (x − mean)/√(variance + epsilon)·scale + offset. Inputs: x (rows, …, n), scale (n), offset (n).
/// Source: Ba, Kiros and Hinton, "Layer Normalization", arXiv 1607.06450 (2016).
public struct LayerNormalization: Operation, Layer {
    /// Added to the variance, above 0.
    public var epsilon: Float = 1e-5

    /// Layer normalisation with the usual constant.
    public init() {}

    public var name: String { "layer normalisation" }
    public var onnxName: String { "LayerNormalization" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, inputs[0].isBatched, let width = inputs[0].dimensions.last, width > 0,
            inputs[1...].allSatisfy({ $0 == .fixed(width) })
        else { throw ShapeError(name, inputs, expected: "(rows, …, n) and twice (n)") }
        return inputs[0]
    }

    /// The mean and 1/√(variance + epsilon) of each position.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        2 * result.count(rows: rows) / (result.dimensions.last ?? 1)
    }

    /// Each worker's sums.
    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        2 * workers * (result.dimensions.last ?? 0)
    }

    public func forward(_ frame: borrowing Frame) {
        let width = frame.result.dimensions.last
        let count = frame.rows * frame.result.width / width
        let (x, scale, offset, y) = (frame[0].values, frame[1].values, frame[2].values, frame.result.values)
        let (mean, inverse) = (frame.saved, frame.saved + count)
        frame.parallel(count, atLeast: max(1, 1 << 14 / width)) { rows, _ in
            let (first, start) = (rows.lowerBound, rows.lowerBound * width)
            attar_layer_norm(
                x + start, scale, offset, mean + first, inverse + first, y + start, rows.count, width, epsilon)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient, let byScale = frame[1].gradient, let byOffset = frame[2].gradient
        else { return }
        let width = frame.result.dimensions.last
        let (count, grain) = (frame.rows * frame.result.width / width, max(1, 1 << 14 / width))
        let (x, scale, dx, sums) = (frame[0].values, frame[1].values, frame[0].gradient, frame.scratch)
        let (mean, inverse) = (frame.saved, frame.saved + count)
        frame.parallel(count, atLeast: grain) { rows, part in
            let (first, start, own) = (rows.lowerBound, rows.lowerBound * width, sums + 2 * part * width)
            attar_layer_norm_gradient(
                x + start, scale, mean + first, inverse + first, slope + start, dx.map { $0 + start }, own, own + width,
                rows.count, width)
        }
        let parts = frame.parts(of: count, atLeast: grain)
        frame.addParts(parts, of: sums, stride: 2 * width, into: byScale, count: width)
        frame.addParts(parts, of: sums + width, stride: 2 * width, into: byOffset, count: width)
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let shape = Shape.fixed(graph[input].shape.dimensions.last ?? 0)
        let scale = graph.parameter("\(name).scale", shape, .constant(1))
        let offset = graph.parameter("\(name).offset", shape, .constant(0))
        return try graph.apply(self, to: [input, scale, offset], named: name)
    }
}
