internal import CKernels

/// The sum of two or more tensors of one shape: where a residual block joins its shortcut.
public struct Add: Operation, FusingActivation {
    var fused = ActivationFunction.identity

    /// A sum.
    public init() {}

    public var name: String { "add" }
    public var onnxName: String { "Sum" }

    func canFuse(_ function: ActivationFunction) -> Bool { function == .relu }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count > 1, inputs[0].isBatched, inputs.allSatisfy({ $0 == inputs[0] }) else {
            throw ShapeError(name, inputs, expected: "two or more inputs of one shape")
        }
        return inputs[0]
    }

    public func forward(_ frame: borrowing Frame) {
        let (first, y, count) = (frame[0].values, frame.result.values, frame.inputCount)
        let relu = fused == .relu
        let rest = frame.inputs
        frame.parallel(frame.rows * frame.result.width, atLeast: 1 << 15) { elements, _ in
            let start = elements.lowerBound
            for index in 1..<count {
                attar_sum(
                    (index == 1 ? first : y) + start, rest[index].values + start, relu && index == count - 1, y + start,
                    elements.count)
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient else { return }
        let (y, count, relu, all) = (frame.result.values, frame.inputCount, fused == .relu, frame.inputs)
        frame.parallel(frame.rows * frame.result.width, atLeast: 1 << 15) { elements, _ in
            let start = elements.lowerBound
            for index in 0..<count {
                guard let dx = all[index].gradient else { continue }
                if relu {
                    attar_where_positive(y + start, dy + start, dx + start, elements.count)
                } else {
                    (dx + start).update(from: dy + start, count: elements.count)
                }
            }
        }
    }
}
