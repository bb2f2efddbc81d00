internal import Compute

extension EmbeddingBagDesign: TrainableDesign {
    public static var family: Family { .bag }
    public static let options = ["pooling", "weighted", "dropout"]

    public static var training: NetworkTraining { .texts }

    public init(_ specification: Specification) throws {
        self.init()
        let sizes = try specification.positionalIntegers()
        if let first = sizes.first { (width, hidden) = (first, Array(sizes.dropFirst())) }
        let pooling = specification.text("pooling", default: pooling.rawValue)
        try requireKnown(pooling, among: EmbeddingBag.Reduction.allCases.map(\.rawValue), "pooling", of: "bag")
        self.pooling = EmbeddingBag.Reduction(rawValue: pooling) ?? self.pooling
        isWeighted = try specification.flag("weighted", default: isWeighted)
        dropout = try specification.number("dropout", default: dropout)
    }
}

extension Family {
    /// Means of tokens' vectors.
    public static let bag = Family(
        summary: "mean of the tokens' vectors; bag[64] has 64 numbers a token, bag[64,32] a layer of 32 after it",
        estimator: NetworkEstimator<EmbeddingBagDesign>.self, model: NetworkModel<EmbeddingBagDesign>.self,
        reads: [.bag],
        usualSizes: { $0.readsTokens ? ["bag[16]", "bag[16,16]"] : [] })
}
