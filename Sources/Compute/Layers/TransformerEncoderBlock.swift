/// Attention of a sequence to itself in both directions, then a feed-forward layer, each with a path around it: (rows, n, width) → the same
/// shape.
///
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.1.
public struct TransformerEncoderBlock: Layer {
    let settings: TransformerSettings
    let padding: Graph.Tensor?

    /// A block.
    ///
    /// - Parameter padding: the sequence's token ids, (rows, n): positions whose id is 0 are not seen. Nil where there are none.
    public init(_ settings: TransformerSettings, padding: Graph.Tensor? = nil) {
        self.settings = settings
        self.padding = padding
    }

    /// The tensors begin with "name.attention"; those of the feed-forward layer with "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let attention = SelfAttention(heads: settings.heads, rotaryBase: settings.rotaryBase, padding: padding)
        let attended = try settings.residual(attention, around: input, in: &graph, named: "\(name).attention")
        let feedForward = FeedForward(settings.inner, activation: settings.activation)
        return try settings.residual(feedForward, around: attended, in: &graph, named: name)
    }
}
