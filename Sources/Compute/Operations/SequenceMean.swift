internal import CKernels

/// The mean of a sequence's vectors over the positions that are no padding: x (rows, n, width), ids (rows, n) → (rows, width).
///
/// A position whose id is 0 does not count; the mean of none is 0.
public struct SequenceMean: Operation {
    /// A mean over positions.
    public init() {}

    public var name: String { "mean over positions" }
    public var onnxName: String { "ReduceMean" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].isBatched, inputs[0].dimensions.count == 2, inputs[0].count > 0,
            inputs[1] == .rows(inputs[0].dimensions[0])
        else { throw ShapeError(name, inputs, expected: "(rows, n, width) and ids (rows, n)") }
        return .rows(inputs[0].dimensions[1])
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, ids, y) = (frame[0].values, frame[1].values, frame.result.values)
        let (length, width) = (frame[0].dimensions[0], frame.result.width)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / (length * width))) { rows, _ in
            for row in rows {
                attar_sequence_mean(x + row * length * width, ids + row * length, y + row * width, length, width)
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient else { return }
        frame[1].gradient?.update(repeating: 0, count: frame.rows * frame[1].width)
        guard let dx = frame[0].gradient else { return }
        let (ids, length, width) = (frame[1].values, frame[0].dimensions[0], frame.result.width)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / (length * width))) { rows, _ in
            for row in rows {
                attar_sequence_mean_gradient(
                    slope + row * width, ids + row * length, dx + row * length * width, length, width)
            }
        }
    }
}
