extension Network {
    /// The same outputs with fewer operations, for use after training: dropout is left out, and batch normalisation after a
    /// dense layer or a convolution becomes part of that layer's weights.
    ///
    /// With factor = scale/√(variance + epsilon): weight' = weight·factor, bias' = (bias − mean)·factor + offset.
    public func folded() -> Network {
        var graph = graph
        var weights = weights
        graph.nodes = []
        var replaced: [Graph.Tensor: Graph.Tensor] = [:]
        for node in self.graph.nodes {
            let inputs = node.inputs.map { replaced[$0] ?? $0 }
            if node.operation is Dropout {
                replaced[node.result] = inputs[0]
            } else if let normalization = node.operation as? BatchNormalization,
                let index = graph.nodes.lastIndex(where: { $0.result == inputs[0] }),
                let layer = biased(graph.nodes[index], in: &graph, weights: &weights),
                self.graph.isReadOnce(inputs[0])
            {
                graph.nodes[index] = layer
                fold(normalization, node.inputs, into: layer, weights: &weights)
                replaced[node.result] = inputs[0]
            } else {
                graph.nodes.append(Graph.Node(operation: node.operation, inputs: inputs, result: node.result))
            }
        }
        graph.output = graph.output.map { replaced[$0] ?? $0 }
        graph.taps = graph.taps.map { replaced[$0] ?? $0 }
        let kept = Set((graph.parameters + graph.states).map { graph[$0].name })
        return Network(graph, weights: weights.filter { kept.contains($0.key) })
    }

    /// A dense layer or convolution, with a bias of 0 where it had none; nil for other operations.
    private func biased(
        _ node: Graph.Node, in graph: inout Graph, weights: inout [String: [Float]]
    ) -> Graph.Node? {
        guard var convolution = node.operation as? any Convolving else { return node.operation is Dense ? node : nil }
        if convolution.hasBias { return node }
        convolution.hasBias = true
        let name = "\(graph[node.result].name).bias"
        let outputs = graph[node.result].shape.dimensions.last ?? 0
        let bias = graph.parameter(name, .fixed(outputs), .constant(0))
        weights[name] = [Float](repeating: 0, count: outputs)
        return Graph.Node(operation: convolution, inputs: node.inputs + [bias], result: node.result)
    }

    private func fold(
        _ normalization: BatchNormalization, _ inputs: [Graph.Tensor], into dense: Graph.Node,
        weights: inout [String: [Float]]
    ) {
        func values(_ tensor: Graph.Tensor) -> [Float] { weights[graph[tensor].name] ?? [] }
        let (scale, offset, mean, variance) = (
            values(inputs[1]), values(inputs[2]), values(inputs[3]), values(inputs[4])
        )
        let factors = scale.indices.map { scale[$0] / (variance[$0] + normalization.epsilon).squareRoot() }
        let units = factors.count
        let weight = values(dense.inputs[1])
        let bias = values(dense.inputs[2])
        weights[graph[dense.inputs[1]].name] = weight.indices.map { weight[$0] * factors[$0 % units] }
        weights[graph[dense.inputs[2]].name] = bias.indices.map { (bias[$0] - mean[$0]) * factors[$0] + offset[$0] }
    }
}
