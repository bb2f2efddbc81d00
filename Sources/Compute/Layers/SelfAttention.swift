/// Multi-head attention of a sequence to itself, with its projections: (rows, n, width) → the same shape.
///
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.2.2.
public struct SelfAttention: Layer {
    let attention: MultiHeadAttention
    let padding: Graph.Tensor?

    /// Attention in so many heads.
    ///
    /// - Parameters:
    ///   - heads: at least 1; they divide the width.
    ///   - isCausal: whether a position sees none after it.
    ///   - rotaryBase: the base of rotary positions; nil to tell no positions.
    ///   - padding: the sequence's token ids, (rows, n): positions whose id is 0 are not seen. Nil where there are none.
    public init(heads: Int, isCausal: Bool = false, rotaryBase: Float? = nil, padding: Graph.Tensor? = nil) {
        attention = MultiHeadAttention(
            heads: heads, isCausal: isCausal, hidesPadding: padding != nil, rotaryBase: rotaryBase)
        self.padding = padding
    }

    /// The tensors are "name.packed" for queries, keys and values side by side, and "name.heads"; the result is "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let shape = graph[input].shape
        guard shape.isBatched, shape.dimensions.count == 2 else {
            throw ShapeError(attention.name, [shape], expected: "a sequence (rows, n, width)")
        }
        let width = shape.dimensions[1]
        let packed = try graph.linear(3 * width, named: "\(name).packed", to: input)
        let heads = try graph.apply(attention, to: [packed] + [padding].compactMap(\.self), named: "\(name).heads")
        return try graph.linear(width, named: name, to: heads)
    }
}

/// Multi-head attention of one sequence to another, such as a decoder's to what the encoder made: (rows, n, width) → the same shape.
public struct CrossAttention: Layer {
    let attention: MultiHeadAttention
    let memory: Graph.Tensor
    let padding: Graph.Tensor?

    /// Attention in so many heads.
    ///
    /// - Parameters:
    ///   - heads: at least 1; they divide the width.
    ///   - memory: the other sequence, (rows, m, any width).
    ///   - padding: its token ids, (rows, m): positions whose id is 0 are not seen. Nil where there are none.
    public init(heads: Int, to memory: Graph.Tensor, padding: Graph.Tensor? = nil) {
        attention = MultiHeadAttention(heads: heads, hidesPadding: padding != nil)
        self.memory = memory
        self.padding = padding
    }

    /// The tensors are "name.queries", "name.keys", "name.values" and "name.heads"; the result is "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let (shape, other) = (graph[input].shape, graph[memory].shape)
        guard shape.isBatched, other.isBatched, shape.dimensions.count == 2, other.dimensions.count == 2 else {
            throw ShapeError(
                attention.name, [shape, other], expected: "sequences (rows, n, width) and (rows, m, width)")
        }
        let width = shape.dimensions[1]
        let queries = try graph.linear(width, named: "\(name).queries", to: input)
        let keys = try graph.linear(width, named: "\(name).keys", to: memory)
        let values = try graph.linear(width, named: "\(name).values", to: memory)
        let heads = try graph.apply(
            attention, to: [queries, keys, values] + [padding].compactMap(\.self), named: "\(name).heads")
        return try graph.linear(width, named: name, to: heads)
    }
}
