/// One kind of computation in a graph: its shape rule, its two kernels and the name that exporters write.
///
/// To add one, write one file with a type that conforms; nothing else lists operations.
public protocol Operation: Sendable {
    /// The name in messages, for example "dense".
    var name: String { get }

    /// The operator's name in ONNX, for example "Gemm".
    var onnxName: String { get }

    /// The shape of the result.
    ///
    /// - Throws: where the inputs are too few, too many, or do not fit each other.
    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape

    /// Number of floats to keep from the forward to the backward kernel for so many rows.
    func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int

    /// Computes the result's values from the inputs'.
    func forward(_ frame: borrowing Frame)

    /// Computes each input's gradient, where one is asked for, from the result's. Overwrites it: the plan adds up where a
    /// tensor has several readers. May use the result's gradient as working space.
    func backward(_ frame: borrowing Frame)
}

extension Operation {
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { 0 }
}

/// What a kernel works on: buffers that the plan has laid out, and how many rows they hold.
public struct Frame {
    /// A tensor's buffers and size.
    public struct Operand {
        /// The values; (rows, width) where it has rows.
        public var values: UnsafeMutablePointer<Float>
        /// The loss's derivatives by the values, of the same shape; nil where nobody asks.
        public var gradient: UnsafeMutablePointer<Float>?
        /// Number of elements: of one row, or in all where there are no rows.
        public let width: Int

        package init(values: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>?, width: Int) {
            self.values = values
            self.gradient = gradient
            self.width = width
        }
    }

    /// The inputs, in the order in which the operation was given them.
    let inputs: UnsafePointer<Operand>
    /// What the operation computes.
    public let result: Operand
    /// Floats kept from forward to backward.
    public let saved: UnsafeMutablePointer<Float>
    /// Number of rows, at least 1.
    public let rows: Int
    /// Whether this is a training step, so that dropout drops and batch statistics count.
    public let isTraining: Bool
    /// 64 random bits of this step and operation.
    public let noise: UInt64

    /// A frame over the given buffers.
    package init(
        inputs: UnsafePointer<Operand>, result: Operand, saved: UnsafeMutablePointer<Float>, rows: Int,
        isTraining: Bool, noise: UInt64
    ) {
        self.inputs = inputs
        self.result = result
        self.saved = saved
        self.rows = rows
        self.isTraining = isTraining
        self.noise = noise
    }

    /// The input at a position.
    public subscript(position: Int) -> Operand { inputs[position] }
}
