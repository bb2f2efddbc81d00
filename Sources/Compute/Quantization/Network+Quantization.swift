extension Network {
    /// The same network in bytes: dense layers and convolutions multiply 8-bit weights by 8-bit results and add up in 32 bits; results stay
    /// bytes from layer to layer where they can. Its answers are the same to the bit on every processor as far as it works in bytes.
    ///
    /// Weights are whole numbers w from −127 to 127 with a scale for each output, that output's largest weight over 127; results are
    /// bytes q with a scale and a zero for each tensor, from the calibration rows (Jacob et al. 2018; Wu et al. 2020, sections 3 and 4).
    /// Operations without a version in bytes (softmax, layer normalisation, sigmoid, …) stay in floats.
    ///
    /// - Parameters:
    ///   - rows: rows like those that will be asked, (rows, inputs), at least one; a few hundred are enough.
    ///   - rule: how ranges are found from them.
    /// - Precondition: there is a row, and the rows have the input's width.
    public func quantized(calibration rows: Matrix, rule: RangeRule = .leastSquares) -> Network {
        precondition(rows.rows > 0, "quantising needs calibration rows")
        let plain = folded().fused()
        let quantizer = GraphQuantizer(plain.graph)
        var tensors: [Graph.Tensor] = []
        for content in quantizer.contents.sorted(by: { $0.key < $1.key }) {
            if case .form(let tensor) = content.value { tensors.append(tensor) }
        }
        let forms = Calibration(plain, tensors: tensors, rows: rows).quantizations(by: rule)
        func values(_ tensor: Graph.Tensor) -> [Float] { plain.weights[plain.graph[tensor].name] ?? [] }
        let weights = quantizer.contents.mapValues { content in
            switch content {
            case .copy(let tensor): values(tensor)
            case .wholeNumbers(let tensor):
                Self.wholeNumbers(values(tensor), outputs: plain.graph[tensor].shape.dimensions.last ?? 1)
            case .scales(let tensor):
                Self.scales(values(tensor), outputs: plain.graph[tensor].shape.dimensions.last ?? 1)
            case .form(let tensor): forms[tensor]?.elements ?? []
            }
        }
        return Network(quantizer.graph, weights: weights)
    }

    /// The network with activations inside of the operations before them.
    private func fused() -> Network { Network(graph.fused(), weights: weights) }

    /// One number for each output, the last dimension: its largest weight over 127.
    private static func scales(_ weight: [Float], outputs: Int) -> [Float] {
        var largest = [Float](repeating: 0, count: outputs)
        for index in weight.indices { largest[index % outputs] = max(largest[index % outputs], abs(weight[index])) }
        return largest.map { $0 / 127 > 0 ? $0 / 127 : 1 }
    }

    /// The weights over their scales, rounded.
    private static func wholeNumbers(_ weight: [Float], outputs: Int) -> [Float] {
        let scales = scales(weight, outputs: outputs)
        return weight.indices.map { max(-127, min(127, (weight[$0] / scales[$0 % outputs]).rounded())) }
    }
}
