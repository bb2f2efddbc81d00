internal import Compute

extension TransformerDesign: TrainableDesign {
    public static var family: Family { .transformer }
    public static let options: [ModelOption<TransformerDesign>] = [
        ModelOption("width", \.width, help: "of a token's vector"),
        ModelOption("layers", \.layers),
        ModelOption("heads", \.heads),
        ModelOption("inner", \.inner, none: "4 × width", help: "units of the feed-forward layers"),
        ModelOption("positions", \.positions),
        ModelOption("norm", \.norm),
        ModelOption("head", \.head),
        ModelOption("dropout", \.dropout),
    ]

    /// Attention wants smaller steps than other networks of texts.
    public static var training: NetworkTraining {
        var training = NetworkTraining.texts
        training.learningRate = 1e-3
        return training
    }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty {
            throw AttarError(
                .invalidSetting, "transformer has no sizes without a name, but '\(specification)' gives some",
                remedy: "Write transformer[width=64,layers=2,heads=4]")
        }
        try set(from: specification)
    }
}

extension Family {
    /// Transformers for sequences of tokens.
    public static let transformer = Family(
        summary: "transformer for token ids; transformer[width=64,layers=2,heads=4], or transformer-tiny",
        estimator: NetworkEstimator<TransformerDesign>.self, model: NetworkModel<TransformerDesign>.self,
        reads: [.sequence])
}
