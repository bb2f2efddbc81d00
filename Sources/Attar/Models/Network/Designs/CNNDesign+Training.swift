extension CNNDesign: TrainableDesign {
    public static var family: Family { .cnn }
    public static let options: [ModelOption<CNNDesign>] = [
        ModelOption("convolutions", \.convolutions, help: "a stage"),
        ModelOption("kernel", \.kernel),
        ModelOption("norm", \.normalization, among: normalizations),
        ModelOption("separable", \.isSeparable),
        ModelOption("excite", \.isExcited),
        ModelOption("activation", \.activation),
        ModelOption("head", \.head),
        ModelOption("dropout", \.dropout),
    ]

    public static var training: NetworkTraining { .pictures }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { stages = try specification.positionalIntegers() }
        try set(from: specification)
    }
}

extension Family {
    /// Convolutional networks for pictures.
    public static let cnn = Family(
        summary: "convolutional network for pictures; cnn[16,32] has stages of 16 and 32 channels",
        estimator: NetworkEstimator<CNNDesign>.self, model: NetworkModel<CNNDesign>.self, reads: [.picture])
}
