extension Graph {
    /// The same graph, where taps that are in bytes are converted for those who read them.
    func withTapsInFloats() -> Graph {
        var graph = self
        for (place, tensor) in taps.enumerated() where self[tensor].type == .uint8 {
            // The last input of all that gives bytes is the scale and the zero of its result.
            guard let form = nodes.first(where: { $0.result == tensor })?.inputs.last else { continue }
            do {
                graph.taps[place] = try graph.apply(
                    Dequantize(), to: [tensor, form], named: "\(self[tensor].name).tap\(place)")
            } catch {
                preconditionFailure("bytes have a scale and a zero: \(error)")
            }
        }
        graph.output = output
        return graph
    }
}
