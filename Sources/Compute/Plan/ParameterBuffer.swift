/// A graph's parameters and states in one flat buffer, and their gradients in another, so that an optimiser runs over all
/// of them in one pass.
///
/// Layout: parameters that decay, parameters that do not, states. Each tensor starts at a multiple of 16 floats; the gaps
/// stay 0.
package final class ParameterBuffer {
    /// Number of floats of the parameters that decay; they come first.
    package let decayingCount: Int
    /// Number of floats of all parameters; the states follow.
    package let learnedCount: Int
    /// Number of floats of parameters and states.
    package var count: Int { values.count }
    /// The values.
    package let values: AlignedBuffer
    /// The parameters' gradients, `learnedCount` floats; empty unless training.
    package let gradients: AlignedBuffer

    private let graph: Graph
    private let offsets: [Graph.Tensor: Int]

    /// Room for the parameters and states of a graph.
    package init(for graph: Graph, withGradients: Bool) {
        self.graph = graph
        var offsets: [Graph.Tensor: Int] = [:]
        var end = 0
        func place(_ tensors: [Graph.Tensor]) -> Int {
            for tensor in tensors {
                offsets[tensor] = end
                end += AlignedBuffer.aligned(graph[tensor].shape.count)
            }
            return end
        }
        func decays(_ tensor: Graph.Tensor) -> Bool {
            if case .parameter(_, decays: true) = graph[tensor].role { true } else { false }
        }
        decayingCount = place(graph.parameters.filter(decays))
        learnedCount = place(graph.parameters.filter { !decays($0) })
        values = AlignedBuffer(count: place(graph.states))
        gradients = AlignedBuffer(count: withGradients ? learnedCount : 0)
        self.offsets = offsets
    }

    /// Where a tensor's values stand; nil for tensors that are neither parameter nor state.
    package func values(of tensor: Graph.Tensor) -> UnsafeMutablePointer<Float>? {
        offsets[tensor].map { values.start + $0 }
    }

    /// Where a parameter's gradient stands; nil for other tensors, and unless training.
    package func gradient(of tensor: Graph.Tensor) -> UnsafeMutablePointer<Float>? {
        guard gradients.count > 0, case .parameter = graph[tensor].role else { return nil }
        return offsets[tensor].map { gradients.start + $0 }
    }

    /// Sets parameters and states to their initial values.
    package func initialize(using generator: inout SeededGenerator) {
        for tensor in graph.parameters + graph.states {
            let count = graph[tensor].shape.count
            switch graph[tensor].role {
            case .parameter(let initializer, _):
                values(of: tensor)?.update(from: initializer.values(count: count, using: &generator), count: count)
            case .state(let value): values(of: tensor)?.update(repeating: value, count: count)
            case .input, .result: break
            }
        }
    }

    /// The values by the tensors' names.
    package var weights: [String: [Float]] {
        get {
            var weights: [String: [Float]] = [:]
            for tensor in offsets.keys {
                let elements = UnsafeBufferPointer(start: values(of: tensor), count: graph[tensor].shape.count)
                weights[graph[tensor].name] = Array(elements)
            }
            return weights
        }
        set {
            for tensor in offsets.keys {
                let (name, count) = (graph[tensor].name, graph[tensor].shape.count)
                guard let elements = newValue[name], elements.count == count else {
                    preconditionFailure("tensor '\(name)' needs \(count) values")
                }
                values(of: tensor)?.update(from: elements, count: count)
            }
        }
    }
}
