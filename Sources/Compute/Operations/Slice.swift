internal import CKernels

/// A range of one dimension of a row: of (rows, length, width) with dimension 0 and range 2..<5, positions 2, 3 and 4, (rows, 3, width).
public struct Slice: Operation, Layer {
    /// The dimension that is cut, counted from 0 without the batch.
    public let dimension: Int
    /// What is kept of it.
    public let range: Range<Int>

    /// Keeps a range of a dimension.
    ///
    /// - Precondition: the dimension is 0 or more, and the range is not empty and begins at 0 or more.
    public init(dimension: Int, range: Range<Int>) {
        precondition(dimension >= 0 && range.lowerBound >= 0 && !range.isEmpty, "something of a dimension is kept")
        self.dimension = dimension
        self.range = range
    }

    public var name: String { "slice" }
    public var onnxName: String { "Slice" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].isBatched, inputs[0].dimensions.indices.contains(dimension),
            range.upperBound <= inputs[0].dimensions[dimension]
        else {
            throw ShapeError(
                name, inputs,
                expected: "rows whose dimension \(dimension), counted from 0, is at least \(range.upperBound) long")
        }
        var dimensions = inputs[0].dimensions
        dimensions[dimension] = range.count
        return Shape(isBatched: true, dimensions: dimensions)
    }

    /// A tensor as blocks that lie side by side, of which one range each is kept.
    private func blocks(_ frame: borrowing Frame) -> (count: Int, stride: Int, offset: Int, kept: Int) {
        var inner = 1
        for index in dimension + 1..<max(dimension + 1, frame[0].dimensions.rank) {
            inner *= frame[0].dimensions[index]
        }
        let (stride, kept) = (frame[0].dimensions[dimension] * inner, range.count * inner)
        return (kept > 0 ? frame.rows * frame.result.width / kept : 0, stride, range.lowerBound * inner, kept)
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, y) = (frame[0].values, frame.result.values)
        let (count, stride, offset, kept) = blocks(frame)
        frame.parallel(count, atLeast: max(1, 1 << 15 / max(1, kept))) { blocks, _ in
            let start = blocks.lowerBound
            attar_copy_columns(x + start * stride + offset, stride, y + start * kept, kept, blocks.count, kept)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient, let dx = frame[0].gradient else { return }
        let (count, stride, offset, kept) = blocks(frame)
        frame.parallel(count, atLeast: max(1, 1 << 15 / max(1, stride))) { blocks, _ in
            let start = blocks.lowerBound
            (dx + start * stride).update(repeating: 0, count: blocks.count * stride)
            attar_copy_columns(dy + start * kept, kept, dx + start * stride + offset, stride, blocks.count, kept)
        }
    }
}
