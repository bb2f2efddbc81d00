extension GRUDesign: TrainableDesign {
    public static var family: Family { .gru }
    public static let options: [ModelOption<GRUDesign>] = [
        ModelOption("width", \.width, help: "of a token's vector"),
        ModelOption("bidirectional", \.isBidirectional),
        ModelOption("dropout", \.dropout),
    ]

    public static var training: NetworkTraining { .texts }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { hidden = try specification.positionalIntegers() }
        try set(from: specification)
    }
}

extension Family {
    /// Recurrent networks for sequences of tokens.
    public static let gru = Family(
        summary: "recurrent network for token ids; gru[64] has a state of 64 numbers",
        estimator: NetworkEstimator<GRUDesign>.self, model: NetworkModel<GRUDesign>.self, reads: [.sequence],
        usualSizes: { $0.holdsIDs ? ["gru[16,width=16]"] : [] })
}
