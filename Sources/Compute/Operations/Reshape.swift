/// The same elements in another shape: x (rows, …) → y (rows, dimensions).
public struct Reshape: Operation, Layer {
    /// The lengths of a row's dimensions; empty for one dimension of all elements.
    public let dimensions: [Int]

    /// Rows of the given dimensions.
    public init(_ dimensions: Int...) { self.dimensions = dimensions }

    /// Rows of one dimension.
    public static var flat: Reshape { Reshape() }

    public var name: String { "reshape" }
    public var onnxName: String { "Reshape" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].isBatched else {
            throw ShapeError(name, inputs, expected: "one input with rows")
        }
        let shape = Shape(isBatched: true, dimensions: dimensions.isEmpty ? [inputs[0].count] : dimensions)
        guard shape.count == inputs[0].count else {
            throw ShapeError(name, inputs, expected: "rows of \(shape.count) elements, as \(shape) has")
        }
        return shape
    }

    public func forward(_ frame: borrowing Frame) {
        frame.result.values.update(from: frame[0].values, count: frame.rows * frame.result.width)
    }

    public func backward(_ frame: borrowing Frame) {
        guard let from = frame.result.gradient else { return }
        frame[0].gradient?.update(from: from, count: frame.rows * frame.result.width)
    }
}
