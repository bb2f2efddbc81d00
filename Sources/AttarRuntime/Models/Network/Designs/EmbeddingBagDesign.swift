public import Compute

/// A bag of tokens: the mean or the sum of their vectors, dense layers with ReLU if any, and a linear output layer. The order of the tokens does
/// not matter, and the cost of an answer hardly depends on anything but their number.
///
/// Source: Joulin, Grave, Bojanowski and Mikolov, "Bag of Tricks for Efficient Text Classification", EACL 2017, without n-grams. The table is called
/// "bag.weight", dense layers "dense0", …, the output layer "output".
public struct EmbeddingBagDesign: NetworkDesign {
    /// Numbers a token, at least 1.
    public var width = 64
    /// Units of the dense layers between the bag and the output layer, at least 1 each; none for a linear classifier of the mean.
    public var hidden: [Int] = []
    /// What becomes of a row's vectors.
    public var pooling = EmbeddingBag.Reduction.mean
    /// Whether each token has a learned weight in the mean.
    public var isWeighted = false
    /// The probability with which a number is left out before the output layer, in [0, 1).
    public var dropout = 0.0

    public static let familyName = "bag"

    /// The default design.
    public init() {}

    public func validate() throws {
        try Self.require(tokenWidth: width)
        try Self.require(hidden.count <= 16, "number of layers", hidden.count, "at most 16 layers after the bag")
        for units in hidden {
            try Self.require((1...65_536).contains(units), "layer width", units, "each layer 1 to 65536 units")
        }
        try Self.require(dropout: dropout)
    }

    public var name: String { "bag[\(([width] + hidden).map(String.init).joined(separator: ","))]" }

    public func inputShape(for encoder: FeatureEncoder) throws -> Shape {
        try encoder.sequenceShape(for: name, width: width)
    }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        var tensor = try graph.append(
            EmbeddingBag(
                vocabulary: graph[input].vocabulary ?? 1, width: width, reduction: pooling,
                weighting: isWeighted ? .learned : .none), named: "bag", to: input)
        for (index, units) in hidden.enumerated() {
            tensor = try graph.append(Dense(units), named: "dense\(index)", to: tensor)
            tensor = try graph.append(Activation(.relu), named: "activation\(index)", to: tensor)
        }
        return try outputLayer(&graph, from: tensor, outputs: outputs, dropout: dropout, isTraining: isTraining)
    }
}
