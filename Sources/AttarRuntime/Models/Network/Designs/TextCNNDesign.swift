public import Compute

/// A convolutional network for texts: a vector for each token, convolutions of several widths over them, the largest value of each filter over all
/// positions, and a linear output layer.
///
/// Source: Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014, section 2. The table of vectors is learned from the start (his
/// CNN-rand); sequences are padded so that a filter sees each token in each of its places. The convolutions' kernels are called "conv0.weight", …,
/// their joined largest values "largest", the output layer "output".
public struct TextCNNDesign: NetworkDesign {
    /// Tokens that each convolution sees at a time, at least 1 each.
    public var kernels = [3, 4, 5]
    /// Filters of each convolution, at least 1.
    public var filters = 64
    /// Numbers a token, at least 1.
    public var width = 64
    /// The probability with which a feature is left out before the output layer, in [0, 1).
    public var dropout = 0.5

    public static let familyName = "text-cnn"

    /// The default design.
    public init() {}

    public func validate() throws {
        try Self.require((1...16).contains(kernels.count), "number of convolutions", kernels.count, "1 to 16 of them")
        for kernel in kernels {
            try Self.require((1...64).contains(kernel), "kernel", kernel, "each convolution 1 to 64 tokens")
        }
        try Self.require((1...4096).contains(filters), "filters", filters, "1 to 4096 a convolution")
        try Self.require(tokenWidth: width)
        try Self.require(dropout: dropout)
    }

    public var name: String { "text-cnn[\(kernels.map(String.init).joined(separator: ",")),filters=\(filters)]" }

    public func inputShape(for encoder: FeatureEncoder) throws -> Shape {
        try encoder.sequenceShape(for: name, width: width)
    }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        let vectors = try tokenVectors(&graph, of: input, width: width)
        var largest: [Graph.Tensor] = []
        for (index, kernel) in kernels.enumerated() {
            let filtered = try graph.append(Conv1D(filters, kernel: kernel), named: "conv\(index)", to: vectors)
            largest.append(try graph.append(GlobalMaxPooling(), named: "max\(index)", to: filtered))
        }
        var tensor = largest[0]
        if largest.count > 1 { tensor = try graph.apply(Concatenate(), to: largest, named: "joined") }
        // The largest of ReLUs is the ReLU of the largest, for a fraction of the work.
        tensor = try graph.append(Activation(.relu), named: "largest", to: tensor)
        return try outputLayer(&graph, from: tensor, outputs: outputs, dropout: dropout, isTraining: isTraining)
    }
}
