/// A convolution in two cheap steps: each channel by itself in space, then all channels of each pixel, both with batch normalisation and
/// an activation. Kernels of k×k take k²·channels + channels·outputs weights in place of k²·channels·outputs.
///
/// Source: Howard et al., "MobileNets", 2017, section 3.1.
public struct DepthwiseSeparable: Layer {
    let outputs: Int
    let kernel: Int
    let stride: Int
    let activation: ActivationFunction

    /// A block with so many output channels.
    ///
    /// - Parameters:
    ///   - outputs: channels of the result, at least 1.
    ///   - kernel: the side of the first step's square kernel, at least 1.
    ///   - stride: how far that kernel moves, at least 1.
    ///   - activation: what is applied after each step.
    public init(_ outputs: Int, kernel: Int = 3, stride: Int = 1, activation: ActivationFunction = .relu) {
        precondition(outputs > 0 && kernel > 0 && stride > 0, "outputs, kernel and stride are at least 1")
        self.outputs = outputs
        self.kernel = kernel
        self.stride = stride
        self.activation = activation
    }

    /// The tensors begin with "name.depthwise"; those of the second step are the block's own.
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let channels = max(1, graph[input].shape.dimensions.last ?? 1)
        let filtered = try graph.append(
            ConvolutionBlock(channels, kernel: kernel, stride: stride, groups: channels, activation: activation),
            named: "\(name).depthwise", to: input)
        return try graph.append(
            ConvolutionBlock(outputs, kernel: 1, activation: activation), named: name, to: filtered)
    }
}
