/// One kind of computation in a graph: its shape rule, its two kernels and the name that exporters write.
///
/// To add one, write one file with a type that conforms; nothing else lists operations.
public protocol Operation: Sendable {
    /// The name in messages, for example "dense".
    var name: String { get }

    /// The operator's name in ONNX, for example "Gemm"; of an operation that becomes several, the one that gives it its meaning.
    var onnxName: String { get }

    /// All operators that it becomes in ONNX, in the order in which they run: `onnxName` alone, unless said otherwise. Casts, transposes and
    /// constants around them, which follow from ONNX's own order of dimensions, are not named.
    var onnxOperators: [String] { get }

    /// The shape of the result.
    ///
    /// - Throws: where the inputs are too few, too many, or do not fit each other.
    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape

    /// How the result's elements are stored.
    var resultType: ElementType { get }

    /// Number of floats to keep from the forward to the backward kernel for so many rows.
    func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int

    /// Number of floats of working space that a kernel needs for so many rows, on so many workers: `Frame.scratch`. All
    /// operations share it, so it holds nothing from one kernel to the next.
    func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int

    /// Number of floats that depend on the parameters alone, such as weights in the order in which a kernel reads them:
    /// `Frame.prepared`.
    func preparedCount(inputs: [Shape], result: Shape) -> Int

    /// Fills `Frame.prepared`. Called whenever the parameters may have changed: before each forward kernel in training, once for
    /// a network that only answers.
    func prepare(_ frame: borrowing Frame)

    /// Computes the result's values from the inputs'.
    func forward(_ frame: borrowing Frame)

    /// Computes each input's gradient, where one is asked for, from the result's. Overwrites it: the plan adds up where a
    /// tensor has several readers. May use the result's gradient as working space.
    func backward(_ frame: borrowing Frame)
}

extension Operation {
    public var onnxOperators: [String] { [onnxName] }

    public var resultType: ElementType { .float32 }

    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { 0 }

    public func preparedCount(inputs: [Shape], result: Shape) -> Int { 0 }

    public func prepare(_ frame: borrowing Frame) {}

    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int { 0 }
}

/// An operation that can apply an activation to its result by itself, which saves a pass over memory.
protocol FusingActivation: Operation {
    /// The function that the plan has moved into this operation.
    var fused: ActivationFunction { get set }

    /// Whether it can apply that function.
    func canFuse(_ function: ActivationFunction) -> Bool
}

extension FusingActivation {
    func canFuse(_ function: ActivationFunction) -> Bool { true }
}
