internal import Compute

/// How to cluster rows by the nearest of some centres: k-means, from several starts.
///
/// Starts are drawn by k-means++ (Arthur and Vassilvitskii, SODA 2007), then centres and assignments follow one another (Lloyd, IEEE Transactions on Information Theory 28,
/// 1982); the start with the least sum of squared distances is kept. Rows count by their weights. Distances are those of the encoded features, where each column of numbers
/// has mean 0 and deviation 1. A row's answer is how likely it is of each cluster where all spread alike around their centres, as far as rows do on average: the likeliest is
/// the nearest.
public struct KMeansEstimator: NumberedEstimator, Hashable {
    public static let family = Family.kmeans

    /// Clusters, at least 2.
    public var clusters = 8
    /// Starts of which the best is kept.
    public var starts = 10
    /// Rounds that a start takes at most.
    public var rounds = 300

    /// The default settings.
    public init() {}

    package static let number = BracketNumber<KMeansEstimator>(
        noun: "clusters", member: \.clusters, range: 2...10_000, example: 10)
    package static let options: [ModelOption<KMeansEstimator>] = [
        ModelOption("starts", \.starts, .from(1, to: 1_000), help: "of which the best is kept"),
        ModelOption("rounds", \.rounds, .from(1, to: 100_000), help: "of a start, at most"),
    ]

    public var ownTask: LearningTask? { .clustering(clusters) }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let (rows, weights) = try ClusterRows.rows(clusters, in: transferSet, Self.family)
        let found = try KMeans(rows, weights: weights, context: context).best(
            clusters, starts: starts, rounds: rounds, seed: context.seed)
        return KMeansModel(
            task: .clustering(clusters), encoder: transferSet.encoder, centres: found.centres,
            variance: found.variance)
    }
}

extension Family {
    /// Clusters around centres.
    public static let kmeans = Family(
        summary: "clusters around centres, found without labels; kmeans[10] has ten", estimator: KMeansEstimator.self,
        model: KMeansModel.self)
}
