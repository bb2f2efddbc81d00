internal import Compute

/// How to cluster rows by a mixture of normal distributions: expectation maximisation from k-means.
///
/// Source: Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39 (1977). Rows count by their weights. A row's answer is how likely it is of each
/// distribution.
public struct MixtureEstimator: NumberedEstimator, Hashable {
    public static let family = Family.gmm

    /// Clusters, at least 2.
    public var clusters = 8
    /// How features vary within a cluster.
    public var covariance = Covariance.full
    /// Starts of k-means of which the best is where the mixture begins.
    public var starts = 5
    /// Rounds at most.
    public var rounds = 200
    /// What is added to each variance, in squared units of the encoded features; above 0.
    public var ridge = 1e-4

    /// How features vary within a cluster.
    public enum Covariance: String, CaseIterable, Codable, Sendable {
        /// Together.
        case full
        /// Each by itself.
        case diagonal
    }

    /// The default settings.
    public init() {}

    package static let number = BracketNumber<MixtureEstimator>(
        noun: "clusters", member: \.clusters, range: 2...10_000, example: 10)
    package static let options: [ModelOption<MixtureEstimator>] = [
        ModelOption("covariance", \.covariance, help: "of the features within a cluster"),
        ModelOption("starts", \.starts, .from(1, to: 1_000), help: "of k-means, of which the best is begun with"),
        ModelOption("rounds", \.rounds, .from(1, to: 100_000), help: "at most"),
        ModelOption("ridge", \.ridge, .above(0), "a number above 0", help: "added to each variance"),
    ]

    public var ownTask: LearningTask? { .clustering(clusters) }

    /// The features, the answers to them, and of full covariances each cluster's.
    public func memoryEstimate(_ extent: RowsExtent) -> Int {
        3 * extent.bytes + (covariance == .full ? 16 * clusters * extent.features * extent.features : 0)
    }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let (rows, weights) = try ClusterRows.rows(clusters, in: transferSet, Self.family)
        let start = try KMeans(rows, weights: weights, context: context).best(
            clusters, starts: starts, rounds: Self.startRounds, seed: context.seed)
        var answers = Matrix(rows: rows.rows, columns: clusters)
        for (row, one) in start.assignment.enumerated() { answers[row, Int(one)] = 1 }
        let fitting = MixtureFitting(rows, weights: weights, covariance: covariance, ridge: ridge)
        var mixture = fitting.mixture(answers)
        var likelihood = -Double.infinity
        for round in 0..<rounds {
            try report(
                RunProgress(phase: "finding clusters", completed: round, total: rounds, unit: "rounds"),
                to: context.progress)
            let densities = mixture.logDensities(of: rows)
            let found = fitting.likelihood(densities)
            if found - likelihood < Self.leastGain { break }
            likelihood = found
            mixture = fitting.mixture(densities.softmax())
        }
        return MixtureModel(task: .clustering(clusters), encoder: transferSet.encoder, mixture: mixture)
    }

    private static let startRounds = 100
    /// The gain in the mean log-likelihood below which the rounds end.
    private static let leastGain = 1e-6
}

extension Family {
    /// Clusters as a mixture of normal distributions.
    public static let gmm = Family(
        summary: "clusters as a mixture of normal distributions, found without labels; gmm[10] has ten",
        estimator: MixtureEstimator.self, model: MixtureModel.self)
}
