internal import CKernels

/// A matrix product with a bias, y = f(x·W + b): x (rows, …, in), W (in, units), b (units), y (rows, …, units); of a sequence or a
/// picture, each position by itself.
///
/// As a layer it adds its weight, drawn evenly from ±gain·√(3/in), and its bias, 0.
public struct Dense: Operation, Layer, FusingActivation {
    /// Number of outputs a row, at least 1.
    public let units: Int
    /// The standard deviation of the first weights, times √in.
    let gain: Float
    /// The function f that the plan has moved into this operation.
    var fused = ActivationFunction.identity

    /// The gain that keeps the size of numbers through layers with ReLU: √2 (He et al. 2015).
    public static let hiddenGain = Float(2).squareRoot()
    /// A gain with which the logits of a classifier start small, 1/√3: on pictures the first steps then go into learning and not into
    /// taking back wrong confidence.
    public static let outputGain = (1 / Float(3)).squareRoot()

    /// A layer of so many units.
    ///
    /// - Parameter gain: the standard deviation of the first weights, times the root of the number of inputs.
    /// - Precondition: `units > 0`.
    public init(_ units: Int, gain: Float = hiddenGain) {
        precondition(units > 0, "a dense layer has at least one unit")
        self.units = units
        self.gain = gain
    }

    public var name: String { "dense" }
    public var onnxName: String { "Gemm" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, inputs[0].isBatched, let width = inputs[0].dimensions.last,
            inputs[1] == .fixed(width, units), inputs[2] == .fixed(units)
        else {
            throw ShapeError(name, inputs, expected: "(rows, n) with weights (n, \(units)) and bias (\(units))")
        }
        return Shape(isBatched: true, dimensions: inputs[0].dimensions.dropLast() + [units])
    }

    /// The function's slopes, where they do not follow from the result.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        fused.slopeNeedsInput ? result.count(rows: rows) : 0
    }

    /// Each worker's part of the bias's gradient.
    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        workers * AlignedBuffer.aligned(units)
    }

    /// Rows that are worth another thread: products of a quarter of a million multiplications take a few microseconds.
    private func grain(_ width: Int) -> Int { max(1, 1 << 18 / max(1, width * units)) }

    public func forward(_ frame: borrowing Frame) {
        let (width, units, fused) = (frame[0].dimensions.last, units, fused)
        let (x, weight, bias, y) = (frame[0].values, frame[1].values, frame[2].values, frame.result.values)
        let slopes = frame.isTraining && fused.slopeNeedsInput ? frame.saved : nil
        frame.parallel(frame.rows * frame.result.width / units, atLeast: grain(width)) { rows, _ in
            let (start, count) = (rows.lowerBound, rows.count)
            // y (rows, units) = x (rows, in) · weight (in, units)
            BLAS.product(x + start * width, weight, into: y + start * units, rows: count, columns: units, inner: width)
            if let slopes {
                attar_bias_activate_with_slopes(
                    fused.kernel, y + start * units, bias, slopes + start * units, count, units)
            } else {
                attar_bias_activate(fused.kernel, y + start * units, bias, nil, count, units)
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient else { return }
        let (width, units, fused) = (frame[0].dimensions.last, units, fused)
        let count = frame.rows * frame.result.width / units
        let (x, weight, dx) = (frame[0].values, frame[1].values, frame[0].gradient)
        let (slopes, y, sums) = (frame.saved, frame.result.values, frame.scratch)
        let stride = AlignedBuffer.aligned(units)
        frame.parallel(count, atLeast: grain(width)) { rows, part in
            let (start, own) = (rows.lowerBound, sums + part * stride)
            let slope = slope + start * units
            if fused.slopeNeedsInput {
                attar_slope_sums(slope, slopes + start * units, own, rows.count, units)
            } else {
                if fused != .identity {
                    attar_activation_gradient(fused.kernel, y + start * units, slope, slope, rows.count * units)
                }
                attar_column_sums(slope, own, rows.count, units)
            }
            // (rows, in) = slope (rows, units) · weightᵀ (units, in)
            if let dx {
                BLAS.product(
                    slope, weight, into: dx + start * width, rows: rows.count, columns: width, inner: units,
                    transposingRight: true)
            }
        }
        if let gradient = frame[2].gradient {
            frame.addParts(
                frame.parts(of: count, atLeast: grain(width)), of: sums, stride: stride, into: gradient, count: units)
        }
        if let gradient = frame[1].gradient {
            // (in, units) = xᵀ (in, rows) · slope (rows, units); each worker takes some of the inputs.
            frame.parallel(width, atLeast: max(8, 1 << 18 / max(1, count * units))) { inputs, _ in
                BLAS.product(
                    x + inputs.lowerBound, slope, into: gradient + inputs.lowerBound * units, rows: inputs.count,
                    columns: units, inner: count, transposingLeft: true, leftStride: width)
            }
        }
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let width = graph[input].shape.dimensions.last ?? 0
        let bound = gain * (3 / Float(max(1, width))).squareRoot()
        let weight = graph.parameter("\(name).weight", .fixed(width, units), .uniform(bound: bound))
        let bias = graph.parameter("\(name).bias", .fixed(units), .constant(0))
        return try graph.apply(self, to: [input, weight, bias], named: name)
    }
}
