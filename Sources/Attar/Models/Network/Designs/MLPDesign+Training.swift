internal import Compute

extension MLPDesign: TrainableDesign {
    public static var family: Family { .mlp }
    public static let options: [ModelOption<MLPDesign>] = [
        ModelOption("activation", \.activation),
        ModelOption("norm", \.normalization, among: normalizations),
        ModelOption("dropout", \.dropout),
    ]

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { hidden = try specification.positionalIntegers() }
        try set(from: specification)
    }
}

extension Family {
    /// Multilayer perceptrons: dense networks with one or more hidden layers.
    public static let mlp = Family(
        summary: "dense network; mlp[64,32] has hidden layers of 64 and 32 units",
        estimator: MLPEstimator.self, model: MLPModel.self, reads: [.flat, .joined],
        usualSizes: { $0.readsTokens ? [] : ["mlp[32]"] })
}

/// Trains a dense network; the defaults were chosen on the bundled digits and concrete data.
public typealias MLPEstimator = NetworkEstimator<MLPDesign>
