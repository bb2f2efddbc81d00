extension Family {
    /// Multilayer perceptrons: dense networks with one or more hidden layers.
    public static let mlp = Family(
        name: "mlp", summary: "dense network; mlp[64,32] has hidden layers of 64 and 32 units",
        estimator: MLPEstimator.self,
        model: MLPModel.self)
}
