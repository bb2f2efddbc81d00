public import Compute

/// A convolutional network: in each stage 3 × 3 convolutions with normalisation and an activation, then a halving of the picture; at the end a
/// mean over all positions, or all of them, and a linear output layer.
///
/// The result of each convolution is called "conv0", "conv1", …; the output layer "output".
public struct CNNDesign: NetworkDesign {
    /// Channels of each stage, at least 1 each.
    public var stages = [16, 32]
    /// Convolutions a stage, at least 1.
    public var convolutions = 1
    /// The kernel's height and width, at least 1.
    public var kernel = 3
    /// What stands between a convolution and its activation: none or batch.
    public var normalization = Normalization.batch
    /// Whether each convolution after the first is a depthwise one followed by a 1 × 1 one, which takes fewer parameters; only with
    /// batch normalisation.
    public var isSeparable = false
    /// Whether each convolution is followed by squeeze-and-excitation, which weighs its channels by what the whole picture shows.
    public var isExcited = false
    /// The function after each convolution.
    public var activation = ActivationFunction.relu
    /// What the output layer reads: `average`, the mean over all positions, or `flatten`, all of them.
    public var head = Head.flatten
    /// The probability with which a feature is left out before the output layer, in [0, 1).
    public var dropout = 0.0

    /// What the output layer reads.
    public enum Head: String, CaseIterable, Codable, Sendable {
        /// The mean of each channel over all positions.
        case average
        /// All positions of all channels.
        case flatten
    }

    public static let familyName = "cnn"

    /// The normalisations that there are for it.
    package static let normalizations: [Normalization] = [.none, .batch]

    /// The default design.
    public init() {}

    /// Settings that are absent have their defaults.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func value<Value: Decodable>(_ key: CodingKeys, _ fallback: Value) throws -> Value {
            try container.decodeIfPresent(Value.self, forKey: key) ?? fallback
        }
        stages = try value(.stages, stages)
        convolutions = try value(.convolutions, convolutions)
        kernel = try value(.kernel, kernel)
        normalization = try value(.normalization, normalization)
        isSeparable = try value(.isSeparable, isSeparable)
        isExcited = try value(.isExcited, isExcited)
        activation = try value(.activation, activation)
        head = try value(.head, head)
        dropout = try value(.dropout, dropout)
    }

    public func validate() throws {
        try Self.require((1...16).contains(stages.count), "number of stages", stages.count, "1 to 16 stages")
        for width in stages {
            try Self.require((1...4096).contains(width), "stage width", width, "each stage 1 to 4096 channels")
        }
        try Self.require((1...16).contains(convolutions), "convolutions", convolutions, "1 to 16 a stage")
        try Self.require((1...31).contains(kernel), "kernel", kernel, "1 to 31")
        try Self.require(dropout: dropout)
        try requireKnown(normalization.rawValue, among: Self.normalizations.map(\.rawValue), "norm", of: "cnn")
        if isSeparable, normalization == .none {
            throw AttarError(
                .invalidSetting, "cnn's separable convolutions are normalised over the batch, but norm is none",
                remedy: "Leave norm or separable out")
        }
    }

    public var name: String { "cnn[\(stages.map(String.init).joined(separator: ","))]" }

    public func inputShape(for encoder: FeatureEncoder) throws -> Shape { try encoder.pictureShape(for: name) }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        var tensor = input
        var index = 0
        for (stage, channels) in stages.enumerated() {
            for _ in 0..<convolutions {
                tensor = try append(convolution: index, of: channels, to: tensor, in: &graph)
                index += 1
            }
            if stage < stages.count - 1 || head == .flatten {
                tensor = try graph.append(MaxPooling2D(2), named: "pool\(stage)", to: tensor)
            }
        }
        tensor =
            head == .average
            ? try graph.append(GlobalAveragePooling(), named: "mean", to: tensor)
            : try graph.append(Reshape.flat, named: "flat", to: tensor)
        return try outputLayer(
            &graph, from: tensor, outputs: outputs, dropout: dropout, gain: Dense.outputGain, isTraining: isTraining)
    }

    /// One convolution with what follows it: its result is named "conv" with its number.
    private func append(
        convolution index: Int, of channels: Int, to input: Graph.Tensor, in graph: inout Graph
    ) throws(ShapeError) -> Graph.Tensor {
        let name = "conv\(index)"
        let convolved = try append(
            index, of: channels, named: isExcited ? "\(name).block" : name, to: input, in: &graph)
        return isExcited ? try graph.append(SqueezeAndExcite(), named: name, to: convolved) : convolved
    }

    private func append(
        _ index: Int, of channels: Int, named name: String, to input: Graph.Tensor, in graph: inout Graph
    ) throws(ShapeError) -> Graph.Tensor {
        if normalization == .none {
            let plain = try graph.append(Conv2D(channels, kernel: kernel), named: "\(name).convolution", to: input)
            return try graph.append(Activation(activation), named: name, to: plain)
        }
        if isSeparable, index > 0 {
            return try graph.append(
                DepthwiseSeparable(channels, kernel: kernel, activation: activation), named: name, to: input)
        }
        return try graph.append(
            ConvolutionBlock(channels, kernel: kernel, activation: activation), named: name, to: input)
    }
}
