/// What the blocks of a transformer have in common.
public struct TransformerSettings: Hashable, Sendable {
    /// How vectors are normalised before or after each part of a block.
    public enum Norm: String, CaseIterable, Codable, Sendable {
        /// Layer normalisation.
        case layer
        /// By the root mean square.
        case rms
    }

    /// Heads of attention, at least 1; they divide the width.
    public var heads: Int
    /// Units of the feed-forward layer, at least 1.
    public var inner: Int
    /// The function in the feed-forward layer.
    public var activation = ActivationFunction.gelu
    /// How vectors are normalised.
    public var norm = Norm.layer
    /// Whether each part reads its input normalised, x + part(norm(x)), which trains without warm-up (Xiong et al., "On Layer Normalization in
    /// the Transformer Architecture", ICML 2020); otherwise the sum is normalised, norm(x + part(x)), as in Vaswani et al. 2017.
    public var isPreNorm = true
    /// The base of rotary positions; nil where positions are told in another way. See `MultiHeadAttention`.
    public var rotaryBase: Float?
    /// The probability with which elements of a part's result are left out in training, in [0, 1).
    public var dropout: Float = 0

    /// Settings of a block with so many heads and inner units.
    ///
    /// - Precondition: both are above 0.
    public init(heads: Int, inner: Int) {
        precondition(heads > 0 && inner > 0, "a block has at least one head and one unit")
        self.heads = heads
        self.inner = inner
    }

    /// Adds a normalisation.
    func normalize(
        _ tensor: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        switch norm {
        case .layer: try graph.append(LayerNormalization(), named: name, to: tensor)
        case .rms: try graph.append(RMSNormalization(), named: name, to: tensor)
        }
    }

    /// Adds a part with its normalisation, its dropout and the path around it.
    ///
    /// The tensors are "name.norm", "name.part" and what begins with it, "name.dropout"; the result is "name".
    func residual(
        _ part: some Layer, around input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let read = isPreNorm ? try normalize(input, in: &graph, named: "\(name).norm") : input
        var result = try graph.append(part, named: "\(name).part", to: read)
        if dropout > 0 { result = try graph.append(Dropout(dropout), named: "\(name).dropout", to: result) }
        let sum = try graph.apply(Add(), to: [input, result], named: isPreNorm ? name : "\(name).sum")
        return isPreNorm ? sum : try normalize(sum, in: &graph, named: name)
    }
}

extension Graph {
    /// A dense layer whose weights start with a variance of 1/in, as suits layers that no ReLU follows (LeCun et al. 1998).
    mutating func linear(_ units: Int, named name: String, to input: Tensor) throws(ShapeError) -> Tensor {
        let width = self[input].shape.dimensions.last ?? 0
        let bound = (3 / Float(max(1, width))).squareRoot()
        let weight = parameter("\(name).weight", .fixed(width, units), .uniform(bound: bound))
        let bias = parameter("\(name).bias", .fixed(units), .constant(0))
        return try apply(Dense(units), to: [input, weight, bias], named: name)
    }
}
