/// Causal attention of a sequence to itself, then, where there is another sequence, attention to that, then a feed-forward layer, each with a
/// path around it: (rows, n, width) → the same shape.
///
/// Without another sequence it is the block of a language model. Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017,
/// section 3.1.
public struct TransformerDecoderBlock: Layer {
    let settings: TransformerSettings
    let padding: Graph.Tensor?
    let memory: Graph.Tensor?
    let memoryPadding: Graph.Tensor?

    /// A block.
    ///
    /// - Parameters:
    ///   - padding: the sequence's token ids, (rows, n): positions whose id is 0 are not seen. Nil where there are none.
    ///   - memory: an encoder's result, (rows, m, any width); nil for none.
    ///   - memoryPadding: its token ids, (rows, m).
    public init(
        _ settings: TransformerSettings, padding: Graph.Tensor? = nil, memory: Graph.Tensor? = nil,
        memoryPadding: Graph.Tensor? = nil
    ) {
        self.settings = settings
        self.padding = padding
        self.memory = memory
        self.memoryPadding = memoryPadding
    }

    /// The tensors begin with "name.attention" and "name.cross"; those of the feed-forward layer with "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let attention = SelfAttention(
            heads: settings.heads, isCausal: true, rotaryBase: settings.rotaryBase, padding: padding)
        var tensor = try settings.residual(attention, around: input, in: &graph, named: "\(name).attention")
        if let memory {
            let cross = CrossAttention(heads: settings.heads, to: memory, padding: memoryPadding)
            tensor = try settings.residual(cross, around: tensor, in: &graph, named: "\(name).cross")
        }
        let feedForward = FeedForward(settings.inner, activation: settings.activation)
        return try settings.residual(feedForward, around: tensor, in: &graph, named: name)
    }
}
