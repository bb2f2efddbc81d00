/// A convolution without bias, batch normalisation and an activation: (rows, height, width, channels) →
/// (rows, height/stride, width/stride, outputs), rounded up.
public struct ConvolutionBlock: Layer {
    let convolution: Conv2D
    let activation: ActivationFunction

    /// A block with so many output channels.
    ///
    /// - Parameters:
    ///   - outputs: channels of the result, at least 1.
    ///   - kernel: the side of the square kernel, at least 1.
    ///   - stride: how far the kernel moves, at least 1.
    ///   - groups: groups of channels that are convolved each by itself.
    ///   - activation: what is applied in the end; identity for nothing.
    public init(
        _ outputs: Int, kernel: Int = 3, stride: Int = 1, groups: Int = 1, activation: ActivationFunction = .relu
    ) {
        convolution = Conv2D(outputs, kernel: kernel, stride: stride, groups: groups, hasBias: false)
        self.activation = activation
    }

    /// The tensors are called "name.convolution", "name.normalization" and, the block's result, "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let convolved = try graph.append(convolution, named: "\(name).convolution", to: input)
        if activation == .identity { return try graph.append(BatchNormalization(), named: name, to: convolved) }
        let normal = try graph.append(BatchNormalization(), named: "\(name).normalization", to: convolved)
        return try graph.append(Activation(activation), named: name, to: normal)
    }
}
