public import Compute

/// A transformer for sequences of token ids: a vector for each token, its position, encoder blocks in which no token sees the padding, the mean
/// over the tokens or the first of them, and a linear output layer.
///
/// Each block reads normalised vectors and adds to them (pre-norm). The blocks' results are called "block0", "block1", …, their probabilities
/// belong to "block0.attention.part.heads"; the table of tokens is "tokens.weight", the output layer "output".
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017; Devlin et al., "BERT", NAACL 2019, for classification.
public struct TransformerDesign: NetworkDesign {
    /// Numbers a token, at least 1; a multiple of the heads, and of twice the heads with rotary positions.
    public var width = 64
    /// Blocks, at least 1.
    public var layers = 2
    /// Heads of each block's attention, at least 1.
    public var heads = 4
    /// Units of each block's feed-forward layer, at least 1; nil for four times the width.
    public var inner: Int?
    /// How a token's position is told.
    public var positions = Positions.learned
    /// How vectors are normalised.
    public var norm = TransformerSettings.Norm.layer
    /// What the output layer reads.
    public var head = Head.mean
    /// The probability with which elements of each part's result are left out in training, in [0, 1).
    public var dropout = 0.0

    /// How a token's position is told.
    public enum Positions: String, CaseIterable, Codable, Sendable {
        /// By a learned vector that is added to the token's.
        case learned
        /// By turning queries and keys, so that attention sees distances (Su et al., "RoFormer", 2021).
        case rotary
    }

    /// What the output layer reads.
    public enum Head: String, CaseIterable, Codable, Sendable {
        /// The mean over all tokens that are no padding.
        case mean
        /// The first token, which a tokenizer may reserve for this.
        case first
    }

    public static let familyName = "transformer"

    /// The default design.
    public init() {}

    public func validate() throws {
        try Self.require(tokenWidth: width)
        try Self.require((1...64).contains(layers), "layers", layers, "1 to 64 blocks")
        try Self.require((1...width).contains(heads), "heads", heads, "1 to as many as the width")
        try Self.require((1...65_536).contains(inner ?? 1), "inner", inner ?? 1, "1 to 65536 units")
        try Self.require(dropout: dropout)
        let unit = positions == .rotary ? 2 * heads : heads
        try Self.require(
            width % unit == 0, "width", width,
            "a multiple of \(unit), as \(heads) heads\(positions == .rotary ? " with rotary positions" : "") need")
    }

    public var name: String { "transformer[width=\(width),layers=\(layers),heads=\(heads)]" }

    public func inputShape(for encoder: FeatureEncoder) throws -> Shape {
        try encoder.sequenceShape(for: name, width: width)
    }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        var settings = TransformerSettings(heads: heads, inner: inner ?? 4 * width)
        settings.norm = norm
        settings.rotaryBase = positions == .rotary ? 10_000 : nil
        settings.dropout = isTraining ? Float(dropout) : 0
        var tensor = try tokenVectors(&graph, of: input, width: width)
        if positions == .learned { tensor = try graph.append(PositionEmbedding(), named: "positions", to: tensor) }
        for layer in 0..<layers {
            tensor = try graph.append(
                TransformerEncoderBlock(settings, padding: input), named: "block\(layer)", to: tensor)
        }
        switch norm {
        case .layer: tensor = try graph.append(LayerNormalization(), named: "norm", to: tensor)
        case .rms: tensor = try graph.append(RMSNormalization(), named: "norm", to: tensor)
        }
        switch head {
        case .mean: tensor = try graph.apply(SequenceMean(), to: [tensor, input], named: "mean")
        case .first:
            tensor = try graph.append(Slice(dimension: 0, range: 0..<1), named: "first", to: tensor)
            tensor = try graph.append(Reshape.flat, named: "flat", to: tensor)
        }
        return try outputLayer(&graph, from: tensor, outputs: outputs, isTraining: isTraining)
    }
}
