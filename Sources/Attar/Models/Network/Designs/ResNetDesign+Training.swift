extension ResNetDesign: TrainableDesign {
    public static var family: Family { .resnet }
    public static let options: [ModelOption<ResNetDesign>] = [
        ModelOption("width", \.width, help: "of the first stage"),
        ModelOption("dropout", \.dropout),
    ]

    public static var training: NetworkTraining { .pictures }

    public init(_ specification: Specification) throws {
        self.init()
        if let first = try specification.positionalIntegers().first { depth = first }
        if specification.positional.count > 1 {
            throw AttarError(
                .invalidSetting, "resnet has one depth, but '\(specification)' gives several",
                remedy: "Write resnet[8,width=16]")
        }
        try set(from: specification)
    }
}

extension Family {
    /// Residual networks for pictures.
    public static let resnet = Family(
        summary: "residual network for pictures; resnet8, resnet14, resnet20, or resnet[8,width=32]",
        estimator: NetworkEstimator<ResNetDesign>.self, model: NetworkModel<ResNetDesign>.self, reads: [.picture])
}
