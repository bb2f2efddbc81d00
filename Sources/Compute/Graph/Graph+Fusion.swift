extension Graph {
    /// The same computation in fewer passes over memory: an activation that alone reads the result of an operation that can apply it becomes
    /// part of that operation.
    package func fused() -> Graph {
        var graph = self
        graph.nodes = []
        for node in nodes {
            if let activation = node.operation as? Activation, let last = graph.nodes.last,
                last.result == node.inputs[0], var layer = last.operation as? any FusingActivation,
                layer.fused == .identity, layer.canFuse(activation.function),
                isReadOnce(last.result)
            {
                layer.fused = activation.function
                graph.nodes[graph.nodes.count - 1] = Node(operation: layer, inputs: last.inputs, result: node.result)
            } else {
                graph.nodes.append(node)
            }
        }
        return graph
    }

    /// Whether exactly one operation reads the tensor, and it is neither the output nor a tap.
    func isReadOnce(_ tensor: Tensor) -> Bool {
        tensor != output && !taps.contains(tensor)
            && nodes.reduce(0) { $0 + $1.inputs.filter { $0 == tensor }.count } == 1
    }
}
