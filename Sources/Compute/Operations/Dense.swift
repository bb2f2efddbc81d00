internal import CKernels

/// A matrix product with a bias, y = f(x·W + b): x (rows, in), W (in, units), b (units), y (rows, units).
///
/// As a layer it adds its weight, drawn evenly from ±√(6/in) (He et al. 2015), and its bias, 0.
public struct Dense: Operation, Layer, FusingActivation {
    /// Number of outputs a row, at least 1.
    public let units: Int
    /// The function f that the plan has moved into this operation.
    var fused = ActivationFunction.identity

    /// A layer of so many units.
    ///
    /// - Precondition: `units > 0`.
    public init(_ units: Int) {
        precondition(units > 0, "a dense layer has at least one unit")
        self.units = units
    }

    public var name: String { "dense" }
    public var onnxName: String { "Gemm" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, inputs[0].isBatched, inputs[0].dimensions.count == 1,
            inputs[1] == .fixed(inputs[0].count, units), inputs[2] == .fixed(units)
        else {
            throw ShapeError(name, inputs, expected: "(rows, n) with weights (n, \(units)) and bias (\(units))")
        }
        return .rows(units)
    }

    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        fused.slopeNeedsInput ? rows * units : 0
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, weight, bias, y) = (frame[0], frame[1], frame[2], frame.result)
        // y (rows, units) = x (rows, in) · weight (in, units)
        BLAS.product(x.values, weight.values, into: y.values, rows: frame.rows, columns: units, inner: x.width)
        let before = frame.isTraining && fused.slopeNeedsInput ? frame.saved : nil
        attar_bias_activate(fused.kernel, y.values, bias.values, before, frame.rows, units)
    }

    public func backward(_ frame: borrowing Frame) {
        let (x, weight, bias, y) = (frame[0], frame[1], frame[2], frame.result)
        guard let slope = y.gradient else { return }
        if fused != .identity {
            let saved = fused.slopeNeedsInput ? frame.saved : y.values
            attar_activation_gradient(fused.kernel, saved, slope, slope, frame.rows * units)
        }
        if let gradient = weight.gradient {
            // (in, units) = xᵀ (in, rows) · slope (rows, units)
            BLAS.product(
                x.values, slope, into: gradient, rows: x.width, columns: units, inner: frame.rows,
                transposingLeft: true)
        }
        if let gradient = bias.gradient { attar_column_sums(slope, gradient, frame.rows, units) }
        if let gradient = x.gradient {
            // (rows, in) = slope (rows, units) · weightᵀ (units, in)
            BLAS.product(
                slope, weight.values, into: gradient, rows: frame.rows, columns: x.width, inner: units,
                transposingRight: true)
        }
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let width = graph[input].shape.count
        let bound = (6 / Float(max(1, width))).squareRoot()
        let weight = graph.parameter("\(name).weight", .fixed(width, units), .uniform(bound: bound))
        let bias = graph.parameter("\(name).bias", .fixed(units), .constant(0))
        return try graph.apply(self, to: [input, weight, bias], named: name)
    }
}
