public import Compute

/// A dense network: hidden layers with optional normalisation, an activation and dropout, and a linear output layer.
///
/// Its tensors are "dense0.weight" (inputs, units), "dense0.bias" (units), "dense1.weight", …, and with normalisation
/// "norm0.scale", "norm0.offset" (units), …
public struct MLPDesign: NetworkDesign {
    /// Units of each hidden layer, from input to output, at least 1 each; none for a linear model.
    public var hidden = [64, 32]
    /// The function after each hidden layer.
    public var activation = ActivationFunction.relu
    /// What stands between a hidden layer and its activation.
    public var normalization = Normalization.none
    /// The probability with which a hidden unit is left out of a training step, in [0, 1).
    public var dropout = 0.0

    public static let familyName = "mlp"

    /// The normalisations that there are for it.
    package static let normalizations: [Normalization] = [.none, .batch, .layer]

    /// The default design.
    public init() {}

    /// Settings that are absent have their defaults: files of earlier versions have no dropout.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        hidden = try container.decodeIfPresent([Int].self, forKey: .hidden) ?? hidden
        activation = try container.decodeIfPresent(ActivationFunction.self, forKey: .activation) ?? activation
        normalization = try container.decodeIfPresent(Normalization.self, forKey: .normalization) ?? normalization
        dropout = try container.decodeIfPresent(Double.self, forKey: .dropout) ?? dropout
    }

    public func validate() throws {
        for width in hidden {
            try Self.require((1...65_536).contains(width), "layer width", width, "each layer 1 to 65536 units")
        }
        try Self.require(hidden.count <= 64, "number of layers", hidden.count, "at most 64 layers")
        try Self.require(dropout: dropout)
        try requireKnown(normalization.rawValue, among: Self.normalizations.map(\.rawValue), "norm", of: "mlp")
    }

    public var name: String { "mlp[\(hidden.map(String.init).joined(separator: ","))]" }

    public static var readsVectors: Bool { true }

    /// Pictures and sequences are read as so many numbers.
    public func inputShape(for encoder: FeatureEncoder) -> Shape { .rows(encoder.width) }

    public func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        var tensor = input
        for (index, units) in hidden.enumerated() {
            tensor = try graph.append(Dense(units), named: "dense\(index)", to: tensor)
            if normalization == .batch {
                tensor = try graph.append(BatchNormalization(), named: "norm\(index)", to: tensor)
            } else if normalization == .layer {
                tensor = try graph.append(LayerNormalization(), named: "norm\(index)", to: tensor)
            }
            tensor = try graph.append(Activation(activation), named: "activation\(index)", to: tensor)
            if dropout > 0, isTraining {
                tensor = try graph.append(Dropout(Float(dropout)), named: "dropout\(index)", to: tensor)
            }
        }
        _ = try graph.append(Dense(outputs), named: "dense\(hidden.count)", to: tensor)
        return "dense\(hidden.count)"
    }
}

/// A trained dense network.
public typealias MLPModel = NetworkModel<MLPDesign>
