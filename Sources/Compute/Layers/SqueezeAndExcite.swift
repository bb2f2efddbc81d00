/// Weighs the channels of a picture by what the whole picture shows: x·sigmoid(W₂·relu(W₁·mean(x))), with the mean over all
/// positions. (rows, …, channels) → the same shape.
///
/// Source: Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018.
public struct SqueezeAndExcite: Layer {
    let reduction: Int

    /// A layer whose inner width is the number of channels divided by `reduction`, at least 1.
    ///
    /// - Precondition: `reduction > 0`.
    public init(reduction: Int = 4) {
        precondition(reduction > 0, "channels are reduced by a factor of at least 1")
        self.reduction = reduction
    }

    /// The tensors are called "name.mean", "name.squeeze", "name.excite" and so on; the result is "name".
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let mean = try graph.append(GlobalAveragePooling(), named: "\(name).mean", to: input)
        let channels = graph[mean].shape.count
        let squeezed = try graph.append(Dense(max(1, channels / reduction)), named: "\(name).squeeze", to: mean)
        let active = try graph.append(Activation(.relu), named: "\(name).squeezed", to: squeezed)
        let excited = try graph.append(Dense(channels), named: "\(name).excite", to: active)
        let factors = try graph.append(Activation(.sigmoid), named: "\(name).factors", to: excited)
        return try graph.apply(ScaleChannels(), to: [input, factors], named: name)
    }
}
