/// The basic block of residual networks: two convolutions of 3×3 whose result is added to the block's input,
/// relu(BN(conv(relu(BN(conv(x))))) + shortcut(x)).
///
/// The shortcut is x itself, or where the size or the number of channels changes, a convolution of 1×1 with batch normalisation.
/// Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, figure 3 and section 3.3 (option B).
public struct ResidualConvolution: Layer {
    let outputs: Int
    let stride: Int

    /// A block with so many output channels.
    ///
    /// - Parameters:
    ///   - outputs: channels of the result, at least 1.
    ///   - stride: how far the first convolution moves, at least 1; the picture's sides shrink by as much.
    public init(_ outputs: Int, stride: Int = 1) {
        precondition(outputs > 0 && stride > 0, "a residual block has at least one channel and a stride of at least 1")
        self.outputs = outputs
        self.stride = stride
    }

    /// The tensors begin with "name.first", "name.second" and "name.shortcut"; the result is "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let first = try graph.append(
            ConvolutionBlock(outputs, stride: stride), named: "\(name).first", to: input)
        let second = try graph.append(
            ConvolutionBlock(outputs, activation: .identity), named: "\(name).second", to: first)
        var shortcut = input
        if stride != 1 || graph[input].shape.dimensions.last != outputs {
            shortcut = try graph.append(
                ConvolutionBlock(outputs, kernel: 1, stride: stride, activation: .identity), named: "\(name).shortcut",
                to: input)
        }
        let sum = try graph.apply(Add(), to: [second, shortcut], named: "\(name).sum")
        return try graph.append(Activation(.relu), named: name, to: sum)
    }
}
