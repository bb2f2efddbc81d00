internal import Compute

/// How to tell strange rows by how much thinner rows lie around them than around their neighbours: the local outlier factor.
///
/// Source: Breunig, Kriegel, Ng and Sander, "LOF: Identifying Density-Based Local Outliers", SIGMOD 2000. Distances are those of the encoded features, where each column of
/// numbers has mean 0 and deviation 1. A row that is among the training rows is no neighbour of its own.
public struct LocalOutlierEstimator: NumberedEstimator, Hashable {
    public static let family = Family.lof

    /// Neighbours, at least 1.
    public var neighbours = 20

    /// The default settings.
    public init() {}

    package static let number = BracketNumber<LocalOutlierEstimator>(
        noun: "neighbours", member: \.neighbours, range: 1...10_000, example: 20)
    package static let options: [ModelOption<LocalOutlierEstimator>] = []

    public var ownTask: LearningTask? { .anomaly }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let rows = try DetectorRows.rows(atLeast: neighbours + 1, in: transferSet, Self.family)
        return LocalOutlierModel(
            task: transferSet.task, encoder: transferSet.encoder, rows: rows.features, neighbours: neighbours)
    }

    /// The rows, and each one's neighbours.
    public func memoryEstimate(_ extent: RowsExtent) -> Int { 2 * extent.bytes + 8 * extent.rows * neighbours }
}

extension Family {
    /// Densities beside those of the nearest rows.
    public static let lof = Family(
        summary:
            "how much thinner rows lie around a row than around its neighbours, found without labels; lof[20] looks at twenty",
        estimator: LocalOutlierEstimator.self, model: LocalOutlierModel.self)
}
