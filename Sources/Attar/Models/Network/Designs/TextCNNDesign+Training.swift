extension TextCNNDesign: TrainableDesign {
    public static var family: Family { .textCNN }
    public static let options: [ModelOption<TextCNNDesign>] = [
        ModelOption("filters", \.filters, help: "of each"),
        ModelOption("width", \.width, help: "of a token's vector"),
        ModelOption("dropout", \.dropout),
    ]

    public static var training: NetworkTraining { .texts }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { kernels = try specification.positionalIntegers() }
        try set(from: specification)
    }
}

extension Family {
    /// Convolutional networks for texts.
    public static let textCNN = Family(
        summary: "convolutional network for token ids; text-cnn[3,4,5,filters=64] sees 3, 4 and 5 tokens at a time",
        estimator: NetworkEstimator<TextCNNDesign>.self, model: NetworkModel<TextCNNDesign>.self, reads: [.sequence],
        usualSizes: { $0.holdsIDs ? ["text-cnn[filters=16,width=16]"] : [] })
}
