public import Compute

/// A recurrent network for sequences of tokens: a vector for each token, layers of gated recurrent units, the state after the last token, and a linear
/// output layer.
///
/// Padding changes no state, on whichever side it stands. The table is called "tokens.weight", the layers' tensors begin with "gru0", …, and of a
/// bidirectional network's second direction with "gru0.back"; the last state is "state", the output layer "output".
public struct GRUDesign: NetworkDesign {
    /// Numbers of each layer's state, at least 1 each.
    public var hidden = [64]
    /// Numbers a token, at least 1.
    public var width = 64
    /// Whether each layer reads the sequence from both ends.
    public var isBidirectional = false
    /// The probability with which a number of the last state is left out before the output layer, in [0, 1).
    public var dropout = 0.0

    public static let familyName = "gru"

    /// The default design.
    public init() {}

    public func validate() throws {
        try Self.require((1...8).contains(hidden.count), "number of layers", hidden.count, "1 to 8 layers")
        for units in hidden {
            try Self.require((1...4096).contains(units), "layer width", units, "each layer 1 to 4096 units")
        }
        try Self.require(tokenWidth: width)
        try Self.require(dropout: dropout)
    }

    public var name: String {
        "gru[\(hidden.map(String.init).joined(separator: ","))\(isBidirectional ? ",bidirectional=true" : "")]"
    }

    public func inputShape(for encoder: FeatureEncoder) throws -> Shape {
        try encoder.sequenceShape(for: name, width: width)
    }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        let length = graph[input].shape.count
        var tensor = try tokenVectors(&graph, of: input, width: width)
        for (index, units) in hidden.enumerated() {
            let isLast = index == hidden.count - 1
            // After its last token a direction has seen everything: that state is all that the output layer needs.
            let end = Slice(dimension: 0, range: length - 1..<length)
            var states = try GRU(units).apply(to: tensor, tokens: input, in: &graph, named: "gru\(index)")
            if isLast { states = try graph.append(end, named: "end", to: states) }
            if isBidirectional {
                var back = try GRU(units, isReversed: true)
                    .apply(to: tensor, tokens: input, in: &graph, named: "gru\(index).back")
                if isLast {
                    back = try graph.append(Slice(dimension: 0, range: 0..<1), named: "beginning", to: back)
                }
                states = try graph.apply(Concatenate(), to: [states, back], named: "both\(index)")
            }
            tensor = states
        }
        tensor = try graph.append(Reshape.flat, named: "state", to: tensor)
        return try outputLayer(&graph, from: tensor, outputs: outputs, dropout: dropout, isTraining: isTraining)
    }
}
