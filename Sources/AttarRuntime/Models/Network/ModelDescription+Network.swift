internal import Compute

extension ModelDescription {
    /// The values of a graph's parameters and states.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing or has another shape or type.
    func weights(of graph: Graph) throws -> [String: [Float]] {
        var weights: [String: [Float]] = [:]
        for tensor in graph.parameters + graph.states {
            let (entry, shape) = (graph[tensor], graph[tensor].shape.dimensions)
            weights[entry.name] =
                try entry.type == .int8 ? bytes(entry.name, shape: shape) : floats(entry.name, shape: shape)
        }
        return weights
    }

    /// The quantised network that a design's graph became.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing, has another shape or type, or holds a number that a
    ///   quantised network cannot have.
    func quantizedNetwork(_ graph: Graph) throws -> Network {
        // What is laid out before the tensors can be checked is about as large as they are.
        let (own, designed) = (
            tensors.values.reduce(0) { $0 + $1.shape.reduce(1, *) },
            (graph.parameters + graph.states).reduce(0) { $0 + graph[$1].shape.count }
        )
        guard designed / 4 <= own else {
            throw AttarError(.malformedArtifact, "the \(family) model lacks most of its numbers")
        }
        let form = QuantizedForm(of: graph)
        let weights = try weights(of: form.graph)
        if let name = form.firstFault(in: weights) {
            throw AttarError(.malformedArtifact, "tensor '\(name)' of the \(family) model holds a number out of range")
        }
        return Network(form.graph, weights: weights)
    }
}
