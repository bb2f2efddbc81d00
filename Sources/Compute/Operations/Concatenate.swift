internal import CKernels

/// Joins tensors along their last dimension: (rows, …, a), (rows, …, b), … → (rows, …, a + b + …).
public struct Concatenate: Operation {
    /// A joint of two or more tensors.
    public init() {}

    public var name: String { "concatenate" }
    public var onnxName: String { "Concat" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count > 1, inputs.allSatisfy({ $0.isBatched && !$0.dimensions.isEmpty }),
            inputs.allSatisfy({ $0.dimensions.dropLast() == inputs[0].dimensions.dropLast() })
        else {
            throw ShapeError(
                name, inputs, expected: "two or more inputs (rows, …, n) that differ in their last dimension alone")
        }
        let width = inputs.reduce(0) { $0 + ($1.dimensions.last ?? 0) }
        return Shape(isBatched: true, dimensions: inputs[0].dimensions.dropLast() + [width])
    }

    /// Positions that are worth another thread.
    private func grain(_ width: Int) -> Int { max(1, 1 << 15 / max(1, width)) }

    public func forward(_ frame: borrowing Frame) {
        let (all, count, y, width) = (frame.inputs, frame.inputCount, frame.result.values, frame.result.dimensions.last)
        frame.parallel(frame.rows * frame.result.width / max(1, width), atLeast: grain(width)) { positions, _ in
            var offset = 0
            for index in 0..<count {
                let own = all[index].dimensions.last
                attar_copy_columns(
                    all[index].values + positions.lowerBound * own, own, y + positions.lowerBound * width + offset,
                    width,
                    positions.count, own)
                offset += own
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient else { return }
        let (all, count, width) = (frame.inputs, frame.inputCount, frame.result.dimensions.last)
        frame.parallel(frame.rows * frame.result.width / max(1, width), atLeast: grain(width)) { positions, _ in
            var offset = 0
            for index in 0..<count {
                let own = all[index].dimensions.last
                if let dx = all[index].gradient {
                    attar_copy_columns(
                        dy + positions.lowerBound * width + offset, width, dx + positions.lowerBound * own, own,
                        positions.count, own)
                }
                offset += own
            }
        }
    }
}
