/// Two dense layers at each position by itself, W₂·f(W₁·x + b₁) + b₂: (rows, …, width) → the same shape.
///
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.3.
public struct FeedForward: Layer {
    let inner: Int
    let activation: ActivationFunction

    /// A layer with so many inner units.
    ///
    /// - Precondition: `inner > 0`.
    public init(_ inner: Int, activation: ActivationFunction = .gelu) {
        precondition(inner > 0, "a feed-forward layer has at least one unit")
        self.inner = inner
        self.activation = activation
    }

    /// The tensors are "name.inner" and "name.active"; the result is "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let width = graph[input].shape.dimensions.last ?? 0
        let hidden = try graph.append(Dense(inner), named: "\(name).inner", to: input)
        let active = try graph.append(Activation(activation), named: "\(name).active", to: hidden)
        return try graph.linear(max(1, width), named: name, to: active)
    }
}
