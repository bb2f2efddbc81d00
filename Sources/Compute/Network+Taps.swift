extension Network {
    /// Computes the graph's taps for some rows: features (rows, inputs) in, for each tap (rows, elements of a row) out.
    ///
    /// - Precondition: the features have the input's width.
    public func taps(for features: Matrix) -> [Matrix] {
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        parameters.weights = weights
        let capacity = max(1, min(256, features.rows))
        let plan = Plan(graph, capacity: capacity, parameters: parameters, purpose: .inference)
        precondition(
            features.columns == graph.inputs.first.map { graph[$0].shape.count }, "features have the input's width")
        var values = plan.taps.map { tap in
            var elements: [Float] = []
            elements.reserveCapacity(features.rows * tap.width)
            return elements
        }
        features.elements.withUnsafeBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            for row in stride(from: 0, to: features.rows, by: capacity) {
                let rows = min(capacity, features.rows - row)
                plan.forward(rows: rows, of: start + row * features.columns)
                for (place, tap) in plan.taps.enumerated() {
                    values[place].append(contentsOf: UnsafeBufferPointer(start: tap.values, count: rows * tap.width))
                }
            }
        }
        return zip(plan.taps, values).map { Matrix(rows: features.rows, columns: $0.width, elements: $1) }
    }
}
