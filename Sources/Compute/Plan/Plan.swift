internal import CKernels

/// A graph made ready to run: a static schedule of kernels over one block of memory. Running it allocates nothing.
///
/// `docs/compute.md`, "The plan and its frames", draws what lives when and what a kernel sees of it.
package final class Plan {
    /// What a plan can do.
    package enum Purpose {
        /// Forward only, with parameters that stay as they are; intermediate results share memory.
        case inference
        /// Forward only, with parameters that are being trained.
        case validation
        /// Forward and backward.
        case training
    }

    /// A kernel with its buffers.
    private struct Step {
        /// The name of the tensor that it computes.
        let name: String
        let operation: any Operation
        let inputs: UnsafeMutableBufferPointer<Frame.Operand>
        let result: Frame.Operand
        let saved: UnsafeMutablePointer<Float>
        let prepared: UnsafeMutablePointer<Float>
        /// Gradients of tensors that several operations read: after this step's backward kernel, `from` is added to `into`.
        let sums: [Sum]
    }

    /// A gradient to add to another.
    private struct Sum {
        let into: UnsafeMutablePointer<Float>
        let from: UnsafeMutablePointer<Float>
        /// Number of elements: of one row, or in all where there are no rows.
        let width: Int
        let isBatched: Bool
    }

    /// The largest number of rows in a batch.
    package let capacity: Int
    /// Room for a batch of the first input, (capacity, width).
    package let input: UnsafeMutablePointer<Float>
    /// The result of the last run, (rows, width).
    package let output: UnsafeMutablePointer<Float>
    /// Numbers a row of the output.
    package let outputWidth: Int
    /// Where the loss puts its gradient before `backward`, (rows, width); nil for inference.
    package let outputGradient: UnsafeMutablePointer<Float>?
    /// The graph's taps, in order, as a loss sees them.
    package let taps: UnsafeMutableBufferPointer<LossTap>
    /// Bytes of the block of memory.
    package var byteCount: Int { arena.count * MemoryLayout<Float>.stride }

    /// What counts the time of each kernel; nil where nobody measures.
    package var clock: OperationClock?

    private let purpose: Purpose
    private let arena: AlignedBuffer
    private let operands: UnsafeMutableBufferPointer<Frame.Operand>
    private let steps: [Step]
    private let parameters: ParameterBuffer
    private let workers: Workers
    private let scratch: UnsafeMutablePointer<Float>
    private var isPrepared = false
    /// Operands that read the first input, so that it can be read where it already is.
    private let inputReaders: [UnsafeMutablePointer<Frame.Operand>]

    /// Lays out the graph for batches of up to `capacity` rows over the given parameters.
    ///
    /// - Precondition: the graph has an input and an output, which is not among the taps.
    package init(
        _ whole: Graph, capacity: Int, parameters: ParameterBuffer, purpose: Purpose, workers: Workers = .one
    ) {
        BLAS.useOneThread()
        let graph = whole.fused().withTapsInFloats()
        guard let output = graph.output, let input = graph.inputs.first else {
            preconditionFailure("a plan needs a graph with an input and an output")
        }
        precondition(!graph.taps.contains(output), "the output is read as such, not as a tap")
        let layout = PlanLayout(graph, capacity: capacity, purpose: purpose, workers: workers.count)
        let arena = AlignedBuffer(count: layout.count)
        let operandCount = graph.nodes.reduce(0) { $0 + $1.inputs.count }
        let operands = UnsafeMutableBufferPointer<Frame.Operand>.allocate(capacity: operandCount)

        func operand(_ tensor: Graph.Tensor, gradient: UnsafeMutablePointer<Float>?) -> Frame.Operand {
            let values = parameters.values(of: tensor) ?? layout.values[tensor].map { arena.start + $0 }
            guard let values else { preconditionFailure("'\(graph[tensor].name)' is read before it is computed") }
            return Frame.Operand(values: values, gradient: gradient, shape: graph[tensor].shape)
        }
        func gradient(of tensor: Graph.Tensor) -> UnsafeMutablePointer<Float>? {
            guard purpose == .training else { return nil }
            return parameters.gradient(of: tensor) ?? layout.gradients[tensor].map { arena.start + $0 }
        }

        var steps: [Step] = []
        var position = 0
        var inputReaders: [UnsafeMutablePointer<Frame.Operand>] = []
        for (index, node) in graph.nodes.enumerated() {
            let slice = UnsafeMutableBufferPointer(rebasing: operands[position..<position + node.inputs.count])
            position += node.inputs.count
            var sums: [Sum] = []
            for (place, tensor) in node.inputs.enumerated() {
                var target = gradient(of: tensor)
                if let into = target, let offset = layout.partialGradients[.init(node: index, place: place)] {
                    target = arena.start + offset
                    let shape = graph[tensor].shape
                    sums.append(
                        Sum(into: into, from: arena.start + offset, width: shape.count, isBatched: shape.isBatched))
                }
                slice.initializeElement(at: place, to: operand(tensor, gradient: target))
                if tensor == input, let start = slice.baseAddress { inputReaders.append(start + place) }
            }
            steps.append(
                Step(
                    name: graph[node.result].name, operation: node.operation, inputs: slice,
                    result: operand(node.result, gradient: gradient(of: node.result)),
                    saved: arena.start + layout.saved[index], prepared: arena.start + layout.prepared[index],
                    sums: sums))
        }
        self.capacity = capacity
        self.input = operand(input, gradient: nil).values
        self.output = operand(output, gradient: nil).values
        outputWidth = graph[output].shape.count
        outputGradient = gradient(of: output)
        taps = .allocate(capacity: graph.taps.count)
        for (place, tensor) in graph.taps.enumerated() {
            let operand = operand(tensor, gradient: gradient(of: tensor))
            taps.initializeElement(at: place, to: LossTap(operand))
        }
        self.purpose = purpose
        self.arena = arena
        self.operands = operands
        self.steps = steps
        self.parameters = parameters
        self.inputReaders = inputReaders
        self.workers = workers
        scratch = arena.start + layout.scratch
    }

    deinit {
        operands.deallocate()
        taps.deallocate()
    }

    /// Computes the output for the first `rows` rows.
    ///
    /// - Parameters:
    ///   - elements: the rows, (rows, width); nil where they stand in `input`.
    ///   - noise: random bits of this training step; nil where nothing is being learned.
    ///   - firstRow: the place of the first row in its batch, where a batch is worked off in parts.
    package func forward(
        rows: Int, of elements: UnsafePointer<Float>? = nil, noise: UInt64? = nil, firstRow: Int = 0
    ) {
        assert(rows > 0 && rows <= capacity)
        let start = elements.map { UnsafeMutablePointer(mutating: $0) } ?? input
        for reader in inputReaders { reader.pointee.values = start }
        let prepares = purpose != .inference || !isPrepared
        isPrepared = true
        let clock = clock
        for index in steps.indices {
            let frame = frame(index, rows: rows, noise: noise, firstRow: firstRow)
            if prepares { steps[index].operation.prepare(frame) }
            steps[index].operation.forward(frame)
            clock?.lap(forward: index)
        }
    }

    /// Computes the parameters' gradients from `outputGradient`, after a `forward` with the same rows and noise.
    package func backward(rows: Int, noise: UInt64, firstRow: Int = 0) {
        assert(purpose == .training)
        let clock = clock
        for index in steps.indices.reversed() {
            steps[index].operation.backward(frame(index, rows: rows, noise: noise, firstRow: firstRow))
            for sum in steps[index].sums {
                add(sum, rows: rows)
            }
            clock?.lap(backward: index)
        }
    }

    /// Starts to count the time of each kernel.
    package func startClock() -> OperationClock {
        let clock = OperationClock(kernels: steps.map { ($0.name, $0.operation.name) })
        self.clock = clock
        return clock
    }

    /// The first result of the last run that holds a number which is not finite, by name and operation; nil where all are
    /// finite, or where what went wrong has been overwritten since, which happens in plans for inference.
    package func firstNonFinite(rows: Int) -> (tensor: String, operation: String)? {
        for step in steps {
            let values = UnsafeBufferPointer(start: step.result.values, count: rows * step.result.width)
            if !values.allSatisfy(\.isFinite) { return (step.name, step.operation.name) }
        }
        return nil
    }

    private func add(_ sum: Sum, rows: Int) {
        let lines = (sum.isBatched ? rows * sum.width : sum.width) / 16
        let parts = max(1, min(workers.count, lines >> 11))
        workers.run(parts) { part in
            let start = lines * part / parts * 16
            let end =
                part == parts - 1 ? (sum.isBatched ? rows * sum.width : sum.width) : lines * (part + 1) / parts * 16
            attar_add(sum.into + start, sum.from + start, end - start)
        }
    }

    @inline(__always)
    private func frame(_ index: Int, rows: Int, noise: UInt64?, firstRow: Int) -> Frame {
        let step = steps[index]
        return Frame(
            inputs: UnsafeBufferPointer(step.inputs), result: step.result, saved: step.saved,
            prepared: step.prepared, scratch: scratch, rows: rows, isTraining: noise != nil,
            noise: (noise ?? 0) &+ UInt64(index) &* 0x9e37_79b9_7f4a_7c15, workers: .passUnretained(workers),
            firstRow: firstRow)
    }
}
