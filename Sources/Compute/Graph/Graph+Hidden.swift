extension Graph {
    /// The results between the inputs and the output, in the order in which they are computed: those that can be taps. Dropout's are left
    /// out, since a network that only answers has none.
    public var hidden: [Tensor] {
        nodes.filter { $0.result != output && !($0.operation is Dropout) }.map(\.result)
    }

    /// What the last operation reads, before dropout: the features that an output layer turns into answers. Nil where that is an input.
    public var lastHidden: Tensor? {
        guard let last = nodes.last(where: { $0.result == output }), var tensor = last.inputs.first else { return nil }
        while let node = nodes.first(where: { $0.result == tensor }), node.operation is Dropout {
            tensor = node.inputs[0]
        }
        return hidden.contains(tensor) ? tensor : nil
    }

    /// The same output by the operations that it needs, without taps.
    func withoutTaps() -> Graph {
        if taps.isEmpty { return self }
        var graph = self
        graph.taps = []
        graph.nodes = []
        var needed = Set([output].compactMap(\.self))
        for node in nodes.reversed() where needed.contains(node.result) {
            needed.formUnion(node.inputs)
            graph.nodes.insert(node, at: 0)
        }
        return graph
    }
}
