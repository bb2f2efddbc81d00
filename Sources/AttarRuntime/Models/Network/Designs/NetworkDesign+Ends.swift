internal import Compute

/// The ends that designs share: vectors of tokens at the beginning, dropout and a linear layer at the end, and what may be asked of them.
extension NetworkDesign {
    static func require(tokenWidth width: Int) throws {
        try require((1...4096).contains(width), "width", width, "1 to 4096 numbers a token")
    }

    static func require(dropout: Double) throws {
        try require((0..<1).contains(dropout), "dropout", dropout, "0 or more, below 1")
    }

    /// A vector for each token, from a table called "tokens.weight".
    func tokenVectors(_ graph: inout Graph, of tokens: Graph.Tensor, width: Int) throws(ShapeError) -> Graph.Tensor {
        try graph.append(
            Embedding(vocabulary: graph[tokens].vocabulary ?? 1, width: width), named: "tokens", to: tokens)
    }

    /// The output layer, called "output", behind dropout where there is any; returns its name.
    func outputLayer(
        _ graph: inout Graph, from features: Graph.Tensor, outputs: Int, dropout: Double = 0,
        gain: Float = Dense.hiddenGain, isTraining: Bool
    ) throws(ShapeError) -> String {
        var features = features
        if dropout > 0, isTraining {
            features = try graph.append(Dropout(Float(dropout)), named: "dropout", to: features)
        }
        _ = try graph.append(Dense(outputs, gain: gain), named: "output", to: features)
        return "output"
    }
}
