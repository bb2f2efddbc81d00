public import Compute

/// A residual network for small pictures: a convolution, three stages of residual blocks, the second and third of which halve the
/// picture and double the channels, a mean over all positions and a linear output layer.
///
/// Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2; where the channels
/// change, the shortcut is a 1 × 1 convolution (option B).
public struct ResNetDesign: NetworkDesign {
    /// Layers with weights, 6n + 2 for n blocks a stage: 8, 14, 20, …
    public var depth = 8
    /// Channels of the first stage, at least 1.
    public var width = 16
    /// The probability with which a feature is left out before the output layer, in [0, 1).
    public var dropout = 0.0

    public static let familyName = "resnet"

    /// The default design.
    public init() {}

    public func validate() throws {
        try Self.require((8...1202).contains(depth) && depth % 6 == 2, "depth", depth, "6n + 2: 8, 14, 20, …")
        try Self.require((1...1024).contains(width), "width", width, "1 to 1024 channels")
        try Self.require(dropout: dropout)
    }

    public var name: String { "resnet\(depth)\(width == 16 ? "" : "[width=\(width)]")" }

    public func inputShape(for encoder: FeatureEncoder) throws -> Shape { try encoder.pictureShape(for: name) }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        var tensor = try graph.append(ConvolutionBlock(width), named: "stem", to: input)
        for stage in 0..<3 {
            for block in 0..<(depth - 2) / 6 {
                tensor = try graph.append(
                    ResidualConvolution(width << stage, stride: stage > 0 && block == 0 ? 2 : 1),
                    named: "stage\(stage).block\(block)", to: tensor)
            }
        }
        tensor = try graph.append(GlobalAveragePooling(), named: "mean", to: tensor)
        return try outputLayer(
            &graph, from: tensor, outputs: outputs, dropout: dropout, gain: Dense.outputGain, isTraining: isTraining)
    }
}
