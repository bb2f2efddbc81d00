internal import CKernels

/// While training, sets each element to 0 with a given probability and scales the others up, so that sums stay the same on
/// average; otherwise does nothing.
///
/// Source: Srivastava et al., "Dropout", JMLR 15 (2014).
public struct Dropout: Operation, Layer {
    /// The probability of 0, in [0, 1).
    public let probability: Float

    /// Drops with the given probability.
    ///
    /// - Precondition: `0 ≤ probability < 1`.
    public init(_ probability: Float) {
        precondition(probability >= 0 && probability < 1, "the probability of dropping is in [0, 1)")
        self.probability = probability
    }

    public var name: String { "dropout" }
    public var onnxName: String { "Dropout" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1 else { throw ShapeError(name, inputs, expected: "one input") }
        return inputs[0]
    }

    /// The mask: 0 or the factor, one an element.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { result.count(rows: rows) }

    public func forward(_ frame: borrowing Frame) {
        let (count, width) = (frame.rows * frame.result.width, frame.result.width)
        if frame.isTraining {
            let (x, mask, y) = (frame[0].values, frame.saved, frame.result.values)
            let (first, noise) = (frame.firstRow * width, frame.noise)
            frame.parallel(count, atLeast: 1 << 14) { range, _ in
                let start = range.lowerBound
                attar_dropout_mask(mask + start, first + start, range.count, probability, noise)
                attar_multiply(x + start, mask + start, y + start, range.count)
            }
        } else {
            frame.result.values.update(from: frame[0].values, count: count)
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let from = frame.result.gradient, let into = frame[0].gradient else { return }
        attar_multiply(from, frame.saved, into, frame.rows * frame.result.width)
    }
}
