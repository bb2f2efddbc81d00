extension Network {
    /// The same outputs with fewer operations, for use after training: dropout is left out, and batch normalisation after a
    /// dense layer or a convolution becomes part of that layer's weights.
    ///
    /// With factor = scale/√(variance + epsilon): weight' = weight·factor, bias' = (bias − mean)·factor + offset.
    public func folded() -> Network {
        let plain = graph.withoutDropout()
        var graph = plain
        var weights = weights
        graph.nodes = []
        var replaced: [Graph.Tensor: Graph.Tensor] = [:]
        for node in plain.nodes {
            if let normalization = node.operation as? BatchNormalization,
                let index = graph.nodes.lastIndex(where: { $0.result == node.inputs[0] }),
                plain.isReadOnce(node.inputs[0]), plain.readsParametersAlone(graph.nodes[index]),
                let layer = biased(graph.nodes[index], in: &graph, weights: &weights)
            {
                graph.nodes[index] = layer
                normalization.fold(node.inputs, into: layer, of: graph, weights: &weights)
                replaced[node.result] = node.inputs[0]
            } else {
                graph.nodes.append(node.reading(replaced))
            }
        }
        graph.read(replaced)
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
}

extension BatchNormalization {
    /// Multiplies a normalisation of the given inputs into the weight and the bias of the layer before it.
    fileprivate func fold(
        _ inputs: [Graph.Tensor], into layer: Graph.Node, of graph: Graph, weights: inout [String: [Float]]
    ) {
        func values(_ tensor: Graph.Tensor) -> [Float] { weights[graph[tensor].name] ?? [] }
        let (scale, offset, mean, variance) = (
            values(inputs[1]), values(inputs[2]), values(inputs[3]), values(inputs[4])
        )
        let factors = scale.indices.map { scale[$0] / (variance[$0] + epsilon).squareRoot() }
        let outputs = factors.count
        let weight = values(layer.inputs[1])
        let bias = values(layer.inputs[2])
        weights[graph[layer.inputs[1]].name] = weight.indices.map { weight[$0] * factors[$0 % outputs] }
        weights[graph[layer.inputs[2]].name] = bias.indices.map { (bias[$0] - mean[$0]) * factors[$0] + offset[$0] }
    }
}

extension Graph {
    /// The same computation where nothing is being learned.
    fileprivate func withoutDropout() -> Graph {
        var graph = self
        graph.nodes = []
        var replaced: [Tensor: Tensor] = [:]
        for node in nodes {
            let node = node.reading(replaced)
            if node.operation is Dropout { replaced[node.result] = node.inputs[0] } else { graph.nodes.append(node) }
        }
        graph.read(replaced)
        return graph
    }

    /// Puts other tensors in the place of the output and the taps.
    fileprivate mutating func read(_ replaced: [Tensor: Tensor]) {
        output = output.map { replaced[$0] ?? $0 }
        taps = taps.map { replaced[$0] ?? $0 }
    }

    /// Whether no other operation reads a node's parameters, so that they can be changed for this node.
    fileprivate func readsParametersAlone(_ node: Node) -> Bool {
        node.inputs.dropFirst().allSatisfy(isReadOnce)
    }
}

extension Graph.Node {
    /// The node with other tensors in the place of its inputs.
    fileprivate func reading(_ replaced: [Graph.Tensor: Graph.Tensor]) -> Graph.Node {
        Graph.Node(operation: operation, inputs: inputs.map { replaced[$0] ?? $0 }, result: result)
    }
}
