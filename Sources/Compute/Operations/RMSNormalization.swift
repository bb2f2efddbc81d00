internal import CKernels

/// Divides each position's vector by the root of its mean square, then scales each column by a learned number.
///
/// y = x/√(mean(x²) + epsilon)·scale. Inputs: x (rows, …, n), scale (n).
/// Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", NeurIPS 2019.
public struct RMSNormalization: Operation, Layer {
    /// Added to the mean square, above 0.
    public var epsilon: Float = 1e-5

    /// Normalisation with the usual constant.
    public init() {}

    public var name: String { "RMS normalisation" }
    public var onnxName: String { "RMSNormalization" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].isBatched, let width = inputs[0].dimensions.last, width > 0,
            inputs[1] == .fixed(width)
        else { throw ShapeError(name, inputs, expected: "(rows, …, n) and (n)") }
        return inputs[0]
    }

    /// The factor of each position.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        result.count(rows: rows) / (result.dimensions.last ?? 1)
    }

    /// Each worker's sums.
    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        workers * (result.dimensions.last ?? 0)
    }

    public func forward(_ frame: borrowing Frame) {
        let width = frame.result.dimensions.last
        let (x, scale, inverse, y) = (frame[0].values, frame[1].values, frame.saved, frame.result.values)
        frame.parallel(frame.rows * frame.result.width / width, atLeast: max(1, 1 << 14 / width)) { rows, _ in
            let start = rows.lowerBound * width
            attar_rms_norm(x + start, scale, inverse + rows.lowerBound, y + start, rows.count, width, epsilon)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient, let total = frame[1].gradient else { return }
        let width = frame.result.dimensions.last
        let (x, scale, inverse, sums) = (frame[0].values, frame[1].values, frame.saved, frame.scratch)
        let (dx, count, grain) = (frame[0].gradient, frame.rows * frame.result.width / width, max(1, 1 << 14 / width))
        frame.parallel(count, atLeast: grain) { rows, part in
            let start = rows.lowerBound * width
            attar_rms_norm_gradient(
                x + start, scale, inverse + rows.lowerBound, slope + start, dx.map { $0 + start }, sums + part * width,
                rows.count, width)
        }
        frame.addParts(frame.parts(of: count, atLeast: grain), of: sums, stride: width, into: total, count: width)
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let width = graph[input].shape.dimensions.last ?? 0
        let scale = graph.parameter("\(name).scale", .fixed(width), .constant(1))
        return try graph.apply(self, to: [input, scale], named: name)
    }
}

extension Frame {
    /// Adds up what each worker summed, in order: into[i] = Σ over parts of sums[part·stride + i].
    func addParts(
        _ parts: Int, of sums: UnsafeMutablePointer<Float>, stride: Int, into: UnsafeMutablePointer<Float>, count: Int
    ) {
        into.update(from: sums, count: count)
        for part in 1..<max(1, parts) { attar_add(into, sums + part * stride, count) }
    }
}
