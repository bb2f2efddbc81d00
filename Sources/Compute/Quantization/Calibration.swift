/// Runs calibration rows through a network and looks at the numbers that its tensors take.
struct Calibration {
    private let graph: Graph
    private let plan: Plan
    private let rows: Matrix
    /// The tensors that are looked at.
    private let tensors: [Graph.Tensor]

    /// Prepares to look at inputs and results of a network.
    init(_ network: Network, tensors: [Graph.Tensor], rows: Matrix) {
        var graph = network.graph
        graph.taps = tensors.filter { !graph.inputs.contains($0) && $0 != graph.output }
        self.graph = graph
        self.tensors = tensors
        self.rows = rows
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        parameters.weights = network.weights
        plan = Plan(graph, capacity: max(1, min(64, rows.rows)), parameters: parameters, purpose: .inference)
    }

    /// The quantisation of each tensor by a rule.
    func quantizations(by rule: RangeRule) -> [Graph.Tensor: Quantization] {
        var histograms = tensors.map { _ in ValueHistogram() }
        visit { histograms[$0].widen(to: $1) }
        if rule != .extremes { visit { histograms[$0].count($1) } }
        return Dictionary(uniqueKeysWithValues: zip(tensors, histograms.map { $0.range(by: rule) }))
    }

    /// Calls the body with each tensor's place among `tensors` and its values, batch after batch.
    private func visit(_ body: (Int, UnsafeBufferPointer<Float>) -> Void) {
        rows.elements.withUnsafeBufferPointer { elements in
            for start in stride(from: 0, to: rows.rows, by: plan.capacity) {
                let count = min(plan.capacity, rows.rows - start)
                let batch = UnsafeBufferPointer(
                    rebasing: elements[start * rows.columns..<(start + count) * rows.columns])
                guard let features = batch.baseAddress else { continue }
                plan.forward(rows: count, of: features)
                for (place, tensor) in tensors.enumerated() {
                    if tensor == graph.output {
                        body(place, UnsafeBufferPointer(start: plan.output, count: count * plan.outputWidth))
                    } else if let tap = graph.taps.firstIndex(of: tensor).map({ plan.taps[$0] }) {
                        body(place, UnsafeBufferPointer(start: tap.values, count: count * tap.width))
                    } else {
                        body(place, batch)
                    }
                }
            }
        }
    }
}
