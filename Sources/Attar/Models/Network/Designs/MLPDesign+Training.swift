internal import Compute

extension MLPDesign: TrainableDesign {
    public static var family: Family { .mlp }
    public static let options = ["activation", "norm", "dropout"]

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { hidden = try specification.positionalIntegers() }
        activation = try specification.activation(default: activation)
        normalization = Normalization(rawValue: specification.text("norm", default: normalization.rawValue))
        dropout = try specification.number("dropout", default: dropout)
    }
}

extension Family {
    /// Multilayer perceptrons: dense networks with one or more hidden layers.
    public static let mlp = Family(
        summary: "dense network; mlp[64,32] has hidden layers of 64 and 32 units",
        estimator: MLPEstimator.self, model: MLPModel.self,
        usualSizes: { $0.readsTokens ? [] : ["mlp[32]"] })
}

/// Trains a dense network; the defaults were chosen on the bundled digits and concrete data.
public typealias MLPEstimator = NetworkEstimator<MLPDesign>

extension Specification {
    /// The value of `activation`, or the default.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a function that there is not.
    func activation(default fallback: ActivationFunction) throws -> ActivationFunction {
        let text = text("activation", default: fallback.rawValue)
        try requireKnown(text, among: ActivationFunction.allCases.map(\.rawValue), "activation", of: name)
        return ActivationFunction(rawValue: text) ?? fallback
    }
}
