internal import Compute

extension EmbeddingBagDesign: TrainableDesign {
    public static var family: Family { .bag }
    public static let options: [ModelOption<EmbeddingBagDesign>] = [
        ModelOption("pooling", \.pooling),
        ModelOption("weighted", \.isWeighted),
        ModelOption("dropout", \.dropout),
    ]

    public static var training: NetworkTraining { .texts }

    public init(_ specification: Specification) throws {
        self.init()
        let sizes = try specification.positionalIntegers()
        if let first = sizes.first { (width, hidden) = (first, Array(sizes.dropFirst())) }
        try set(from: specification)
    }
}

extension Family {
    /// Means of tokens' vectors.
    public static let bag = Family(
        summary: "mean of the tokens' vectors; bag[64] has 64 numbers a token, bag[64,32] a layer of 32 after it",
        estimator: NetworkEstimator<EmbeddingBagDesign>.self, model: NetworkModel<EmbeddingBagDesign>.self,
        reads: [.bag],
        usualSizes: { $0.holdsIDs ? ["bag[16]", "bag[16,16]"] : [] })
}
