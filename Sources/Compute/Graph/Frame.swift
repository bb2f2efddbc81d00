/// What a kernel works on: buffers that the plan has laid out, and how many rows they hold.
///
/// `docs/compute.md`, "The plan and its frames", draws one. Forward reads the inputs' values and writes the result's; backward reads the result's
/// gradient and overwrites those of the inputs that have one.
public struct Frame {
    /// A tensor's buffers and size.
    public struct Operand {
        /// The values; (rows, dimensions) where it has rows.
        public var values: UnsafeMutablePointer<Float>
        /// The loss's derivatives by the values, of the same shape; nil where nobody asks.
        public var gradient: UnsafeMutablePointer<Float>?
        /// Number of elements: of one row, or in all where there are no rows.
        public let width: Int
        /// The lengths of the dimensions, without the batch.
        public let dimensions: Dimensions

        /// A tensor of the given shape in the given buffers.
        package init(values: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>?, shape: Shape) {
            self.values = values
            self.gradient = gradient
            width = shape.count
            dimensions = Dimensions(shape)
        }
    }

    /// The inputs, in the order in which the operation was given them.
    let inputs: UnsafePointer<Operand>
    /// Number of inputs.
    public let inputCount: Int
    /// What the operation computes.
    public let result: Operand
    /// Floats kept from forward to backward.
    public let saved: UnsafeMutablePointer<Float>
    /// What the operation has made of the parameters in `prepare`.
    public let prepared: UnsafeMutablePointer<Float>
    /// Working space for this kernel, of the size that the operation asked for; its content is arbitrary.
    public let scratch: UnsafeMutablePointer<Float>
    /// Number of rows, at least 1.
    public let rows: Int
    /// The place of the first row in its batch: above 0 where a batch is worked off in parts.
    public let firstRow: Int
    /// Whether this is a training step, so that dropout drops and batch statistics count.
    public let isTraining: Bool
    /// 64 random bits of this step and operation.
    public let noise: UInt64
    /// The plan holds on to its workers for as long as it makes frames.
    private let unretainedWorkers: Unmanaged<Workers>

    /// A frame over the given buffers.
    package init(
        inputs: UnsafeBufferPointer<Operand>, result: Operand, saved: UnsafeMutablePointer<Float>,
        prepared: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, rows: Int, isTraining: Bool,
        noise: UInt64, workers: Unmanaged<Workers>, firstRow: Int = 0
    ) {
        self.inputs = inputs.baseAddress.unsafelyUnwrapped
        inputCount = inputs.count
        self.result = result
        self.saved = saved
        self.prepared = prepared
        self.scratch = scratch
        self.rows = rows
        self.firstRow = firstRow
        self.isTraining = isTraining
        self.noise = noise
        unretainedWorkers = workers
    }

    /// The input at a position.
    public subscript(position: Int) -> Operand { inputs[position] }

    /// The threads that a kernel may use.
    public var workers: Workers { unretainedWorkers._withUnsafeGuaranteedRef { $0 } }

    /// How many parts `parallel` cuts so many items into: fewer than there are workers where an item each is too little work.
    public func parts(of count: Int, atLeast grain: Int = 1) -> Int {
        unretainedWorkers._withUnsafeGuaranteedRef { max(1, min($0.count, count / max(1, grain))) }
    }

    /// Cuts 0..<count into one range for each worker and calls the body on all of them at the same time, with the range and
    /// the number of the part, counted from 0.
    ///
    /// The cuts depend on nothing but the three numbers, so that sums which are made part by part and then added in the order
    /// of the parts come out the same every time.
    ///
    /// - Parameters:
    ///   - count: number of items: rows, pictures, elements. With 0 the body is not called.
    ///   - grain: the fewest items that are worth another thread.
    @inline(__always)
    public func parallel(_ count: Int, atLeast grain: Int = 1, _ body: (Range<Int>, Int) -> Void) {
        if count == 0 { return }
        let parts = parts(of: count, atLeast: grain)
        if parts == 1 { return body(0..<count, 0) }
        unretainedWorkers._withUnsafeGuaranteedRef { workers in
            workers.run(parts) { part in body(count * part / parts..<count * (part + 1) / parts, part) }
        }
    }
}
