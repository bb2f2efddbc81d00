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
        let session = InferenceSession(self, capacity: max(1, min(256, features.rows)))
        precondition(features.columns == session.inputWidth, "features have the width of the network's input")
        let width = session.outputWidth
        let elements = [Float](unsafeUninitializedCapacity: features.rows * width) { buffer, count in
            features.elements.withUnsafeBufferPointer { elements in
                for start in stride(from: 0, to: features.rows, by: session.capacity) {
                    let rows = min(session.capacity, features.rows - start)
                    session.run(
                        elements.baseAddress.unsafelyUnwrapped + start * features.columns, rows: rows,
                        into: buffer.baseAddress.unsafelyUnwrapped + start * width)
                }
            }
            count = features.rows * width
        }
        return Matrix(rows: features.rows, columns: width, elements: elements)
    }
}

/// A network laid out for batches of a certain size: runs without allocating. Not for two threads at once.
public final class InferenceSession {
    /// The largest number of rows in a batch.
    public let capacity: Int
    /// Numbers a row of the input.
    public let inputWidth: Int
    /// Numbers a row of the output.
    public let outputWidth: Int
    private let plan: Plan

    /// Lays out a network for batches of up to `capacity` rows.
    ///
    /// - Parameter threads: threads that a batch's kernels are cut over, at least 1; a single row stays on one.
    public init(_ network: Network, capacity: Int = 1, threads: Int = 1) {
        let graph = network.graph
        guard let input = graph.inputs.first else { preconditionFailure("a network has an input") }
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        parameters.weights = network.weights
        plan = Plan(
            graph, capacity: capacity, parameters: parameters, purpose: .inference,
            workers: threads == 1 ? .one : Workers(count: threads))
        self.capacity = capacity
        inputWidth = graph[input].shape.count
        outputWidth = plan.outputWidth
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

    /// Computes the outputs of up to `capacity` rows.
    func run(_ features: UnsafePointer<Float>, rows: Int, into outputs: UnsafeMutablePointer<Float>) {
        plan.forward(rows: rows, of: features)
        outputs.update(from: plan.output, count: rows * outputWidth)
    }
}
