internal import Compute

/// The shape of a dense network: builds its graph for training, with normalisation and dropout, and for answering, without
/// what training alone needs.
///
/// Its tensors are "dense0.weight" (inputs, units), "dense0.bias" (units), "dense1.weight", …, and with layer normalisation
/// "norm0.scale" and "norm0.offset" (units).
struct MLPArchitecture {
    let inputs: Int
    let hidden: [Int]
    let outputs: Int
    let activation: ActivationFunction
    let normalization: MLPEstimator.Normalization

    /// The graph whose output the loss sees: logits, or scaled values.
    func trainingGraph(dropout: Double) throws -> Graph {
        try graph(normalization: normalization, dropout: Float(dropout)).graph
    }

    /// The graph that answers: batch normalisation is part of the weights, and classifiers end in a softmax.
    func answeringGraph(isClassifier: Bool) throws -> Graph {
        var (graph, output) = try graph(normalization: normalization == .layer ? .layer : .none, dropout: 0)
        if isClassifier { output = try graph.append(Softmax(), named: "probabilities", to: output) }
        return graph
    }

    /// The name of the output layer.
    var outputLayer: String { "dense\(hidden.count)" }

    /// The names and shapes of the tensors of the answering graph.
    var tensors: [(name: String, shape: [Int])] {
        let widths = [inputs] + hidden + [outputs]
        return zip(widths, widths.dropFirst()).enumerated().flatMap { index, sizes in
            let norms = ["norm\(index).scale", "norm\(index).offset"].map { (name: $0, shape: [sizes.1]) }
            return [
                (name: "dense\(index).weight", shape: [sizes.0, sizes.1]),
                (name: "dense\(index).bias", shape: [sizes.1]),
            ] + (normalization == .layer && index < hidden.count ? norms : [])
        }
    }

    private func graph(
        normalization: MLPEstimator.Normalization, dropout: Float
    ) throws -> (graph: Graph, output: Graph.Tensor) {
        var graph = Graph()
        var tensor = graph.input("features", width: inputs)
        for (index, units) in hidden.enumerated() {
            tensor = try graph.append(Dense(units), named: "dense\(index)", to: tensor)
            if normalization == .batch {
                tensor = try graph.append(BatchNormalization(), named: "norm\(index)", to: tensor)
            } else if normalization == .layer {
                tensor = try graph.append(LayerNormalization(), named: "norm\(index)", to: tensor)
            }
            tensor = try graph.append(Activation(activation), named: "activation\(index)", to: tensor)
            if dropout > 0 { tensor = try graph.append(Dropout(dropout), named: "dropout\(index)", to: tensor) }
        }
        tensor = try graph.append(Dense(outputs), named: outputLayer, to: tensor)
        return (graph, tensor)
    }
}
