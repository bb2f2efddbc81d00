extension GRUDesign: TrainableDesign {
    public static var family: Family { .gru }
    public static let options = ["width", "bidirectional", "dropout"]

    public static var training: NetworkTraining { .texts }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { hidden = try specification.positionalIntegers() }
        width = try specification.integer("width", default: width)
        isBidirectional = try specification.flag("bidirectional", default: isBidirectional)
        dropout = try specification.number("dropout", default: dropout)
    }
}

extension Family {
    /// Recurrent networks for sequences of tokens.
    public static let gru = Family(
        summary: "recurrent network for token ids; gru[64] has a state of 64 numbers",
        estimator: NetworkEstimator<GRUDesign>.self, model: NetworkModel<GRUDesign>.self, reads: [.sequence],
        usualSizes: { $0.readsTokens ? ["gru[16,width=16]"] : [] })
}
