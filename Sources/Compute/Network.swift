/// A graph with its numbers: all that is needed to compute outputs. Immutable.
public struct Network: Sendable {
    /// The operations.
    public let graph: Graph
    /// Parameters and states by the names of their tensors.
    public let weights: [String: [Float]]

    /// A network of the given weights.
    ///
    /// - Precondition: there is a value for each element of each parameter and state that the graph reads.
    public init(_ graph: Graph, weights: [String: [Float]]) {
        for tensor in graph.parameters + graph.states {
            let (name, count) = (graph[tensor].name, graph[tensor].shape.count)
            precondition(weights[name]?.count == count, "tensor '\(name)' needs \(count) values")
        }
        self.graph = graph
        self.weights = weights
    }

    /// Computes the outputs of some rows: features (rows, inputs) in, (rows, outputs) out. No rows in, no rows out.
    ///
    /// - Precondition: the features have the input's width.
    public func outputs(for features: Matrix) -> Matrix {
        let session = InferenceSession(self, capacity: max(1, features.rows))
        precondition(features.columns == session.inputWidth, "features have the width of the network's input")
        let count = features.rows * session.outputWidth
        let elements = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress, features.rows > 0 {
                features.elements.withUnsafeBufferPointer { elements in
                    session.run(elements.baseAddress.unsafelyUnwrapped, rows: features.rows, into: start)
                }
            }
            initialized = count
        }
        return Matrix(rows: features.rows, columns: session.outputWidth, elements: elements)
    }
}

/// A network laid out for batches of a certain size: runs without allocating. Not for two threads at once.
///
/// Large batches are worked off in blocks of rows whose intermediate results stay in the processor's cache.
public final class InferenceSession {
    /// The largest number of rows in a batch.
    public let capacity: Int
    /// Numbers a row of the input.
    public let inputWidth: Int
    /// Numbers a row of the output.
    public let outputWidth: Int
    /// One for each thread, so that threads meet once a batch and not once a kernel.
    private let plans: [Plan]
    private let workers: Workers
    /// Floats that an operation's input and result may take: a small part of the second cache.
    private static let cachedFloats = 1 << 14
    /// Rows from which on reading the weights hides behind the products.
    private static let fewRows = 128

    /// Lays out a network for batches of up to `capacity` rows.
    ///
    /// - Parameter threads: threads that a batch's rows are cut over, at least 1; a single row stays on one.
    public init(_ network: Network, capacity: Int = 1, threads: Int = 1) {
        let graph = network.graph
        guard let input = graph.inputs.first else { preconditionFailure("a network has an input") }
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        parameters.weights = network.weights
        let widest = graph.nodes.reduce(1) { widest, node in
            max(widest, graph[node.result].shape.count + graph[node.inputs[0]].shape.count)
        }
        let count = min(threads, capacity)
        // Weights are read again for each block, which should not cost more than its own numbers do.
        let weighty = min(Self.fewRows, parameters.count / widest)
        let block = min((capacity + count - 1) / count, max(1, Self.cachedFloats / widest, weighty))
        workers = count == 1 ? .one : Workers(count: count)
        plans = (0..<count).map { _ in Plan(graph, capacity: block, parameters: parameters, purpose: .inference) }
        self.capacity = capacity
        inputWidth = graph[input].shape.count
        outputWidth = plans[0].outputWidth
    }

    /// Computes the outputs of one row, or of several that stand one after the other: as many as `features` holds.
    ///
    /// - Precondition: there are 1 to `capacity` whole rows, and room for as many outputs.
    public func run(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        let rows = capacity == 1 ? 1 : features.count / inputWidth
        precondition(
            rows > 0 && rows <= capacity && features.count == rows * inputWidth && outputs.count == rows * outputWidth,
            "rows fit the network")
        features.withUnsafeBufferPointer { features in
            outputs.withUnsafeMutableBufferPointer { outputs in
                run(
                    features.baseAddress.unsafelyUnwrapped, rows: rows, into: outputs.baseAddress.unsafelyUnwrapped)
            }
        }
    }

    /// Computes the outputs of any number of rows.
    func run(_ features: UnsafePointer<Float>, rows: Int, into outputs: UnsafeMutablePointer<Float>) {
        let parts = min(plans.count, rows)
        if parts == 1 { return run(plans[0], features, rows: 0..<rows, into: outputs) }
        workers.run(parts) { part in
            run(plans[part], features, rows: rows * part / parts..<rows * (part + 1) / parts, into: outputs)
        }
    }

    /// Some of the rows, block by block.
    private func run(
        _ plan: Plan, _ features: UnsafePointer<Float>, rows: Range<Int>, into outputs: UnsafeMutablePointer<Float>
    ) {
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: plan.capacity) {
            let count = min(plan.capacity, rows.upperBound - start)
            plan.forward(rows: count, of: features + start * inputWidth)
            (outputs + start * outputWidth).update(from: plan.output, count: count * outputWidth)
        }
    }
}
