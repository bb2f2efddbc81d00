internal import CKernels

/// The dimensions of a row in another order: of (rows, a, b, c) with order 2, 0, 1, (rows, c, a, b). The batch stays first.
///
/// In ONNX, where the batch counts as dimension 0, `perm` is 0 and then each number of the order plus 1.
public struct Transpose: Operation, Layer {
    /// For each dimension of the result, which of the input's it is; counted from 0, without the batch.
    public let order: [Int]

    /// The dimensions in the given order.
    ///
    /// - Precondition: the order names each of 0, 1, … once, at most four.
    public init(_ order: Int...) {
        precondition(order.sorted() == Array(0..<order.count) && order.count <= 4, "each dimension has one place")
        self.order = order
    }

    public var name: String { "transpose" }
    public var onnxName: String { "Transpose" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].isBatched, inputs[0].dimensions.count == order.count else {
            throw ShapeError(name, inputs, expected: "rows of \(order.count) dimensions")
        }
        return Shape(isBatched: true, dimensions: order.map { inputs[0].dimensions[$0] })
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, y) = (frame[0].values, frame.result.values)
        let (from, to) = (frame[0].dimensions, frame.result.dimensions)
        permute(frame, x, y, lengths: to) { Self.stride(of: order[$0], in: from) }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient, let dx = frame[0].gradient else { return }
        let (from, to) = (frame[0].dimensions, frame.result.dimensions)
        permute(frame, dy, dx, lengths: from) { dimension in
            // Where in the result the input's dimension went.
            for place in 0..<order.count where order[place] == dimension { return Self.stride(of: place, in: to) }
            return 0
        }
    }

    /// Elements from one position of a dimension to the next.
    private static func stride(of dimension: Int, in dimensions: Dimensions) -> Int {
        var stride = 1
        for index in dimension + 1..<max(dimension + 1, dimensions.rank) { stride *= dimensions[index] }
        return stride
    }

    /// Fills rows of the given lengths in order, reading other rows with the given strides.
    private func permute(
        _ frame: borrowing Frame, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, lengths: Dimensions,
        stride: (Int) -> Int
    ) {
        var shape = attar_permutation()
        let rank = order.count
        shape.lengths = (lengths[0], lengths[1], lengths[2], lengths[3])
        shape.strides = (
            rank > 0 ? stride(0) : 0, rank > 1 ? stride(1) : 0, rank > 2 ? stride(2) : 0, rank > 3 ? stride(3) : 0
        )
        let width = frame.result.width
        frame.parallel(frame.rows, atLeast: max(1, 1 << 14 / max(1, width))) { [shape] rows, _ in
            withUnsafePointer(to: shape) {
                attar_permute($0, x + rows.lowerBound * width, y + rows.lowerBound * width, rows.count)
            }
        }
    }
}
