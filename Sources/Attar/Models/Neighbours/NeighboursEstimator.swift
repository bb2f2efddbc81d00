internal import Compute

/// How to tell strange rows by how far their nearest neighbours lie: the mean of the distances to the k nearest training rows.
///
/// Source: Angiulli and Pizzuti, "Fast Outlier Detection in High Dimensional Spaces", PKDD 2002. Distances are those of the encoded features, where each column of numbers has
/// mean 0 and deviation 1. A row that is among the training rows is no neighbour of its own.
public struct NeighboursEstimator: NumberedEstimator, Hashable {
    public static let family = Family.knn

    /// Neighbours, at least 1.
    public var neighbours = 5

    /// The default settings.
    public init() {}

    package static let number = BracketNumber<NeighboursEstimator>(
        noun: "neighbours", member: \.neighbours, range: 1...10_000, example: 5)
    package static let options: [ModelOption<NeighboursEstimator>] = []

    public var ownTask: LearningTask? { .anomaly }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let rows = try DetectorRows.rows(atLeast: neighbours + 1, in: transferSet, Self.family)
        return NeighboursModel(
            task: transferSet.task, encoder: transferSet.encoder, rows: rows.features, neighbours: neighbours)
    }
}

extension Family {
    /// Distances to the nearest rows.
    public static let knn = Family(
        summary: "how far the nearest rows lie, found without labels; knn[5] looks at five",
        estimator: NeighboursEstimator.self, model: NeighboursModel.self)
}
