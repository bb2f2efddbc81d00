/// How to grow gradient-boosted trees, by XGBoost's histogram method.
///
/// Source: Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016; Friedman, Annals of Statistics 29 (2001).
public struct BoostEstimator: Estimator, Hashable {
    public static let family = Family.boost

    /// The most rounds of trees, from 1 to 100,000; validation rows may stop earlier.
    public var rounds = 200
    /// The most splits between a tree's root and a leaf, from 1 to 30.
    public var depth = 5
    /// What each tree's values are multiplied by, above 0 and at most 1.
    public var learningRate = 0.15
    /// The share of rows that each tree is grown on, above 0 and at most 1.
    public var subsample = 0.8
    /// The share of features that each node may split on, above 0 and at most 1.
    public var columns = 0.5
    /// The weight of the squared leaf values in the objective, 0 or more.
    public var lambda = 1.0
    /// The least sum of curvature on each side of a split, 0 or more. A row has at most half its weight for classes, and its
    /// weight for values.
    public var minimumChildWeight = 1.0
    /// How many rounds without a better loss on validation rows end the training, at least 1.
    public var patience = 20

    /// The default settings.
    public init() {}

    public init(_ specification: Specification) throws {
        try specification.allow([
            "rounds", "depth", "learningRate", "subsample", "columns", "lambda", "minimumChildWeight", "patience",
        ])
        rounds = try specification.integer("rounds", default: rounds)
        depth = try specification.integer("depth", default: depth)
        learningRate = try specification.number("learningRate", default: learningRate)
        subsample = try specification.number("subsample", default: subsample)
        columns = try specification.number("columns", default: columns)
        lambda = try specification.number("lambda", default: lambda)
        minimumChildWeight = try specification.number("minimumChildWeight", default: minimumChildWeight)
        patience = try specification.integer("patience", default: patience)
    }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        var run = try BoostRun(self, on: transferSet, validation: validation, context: context)
        return try run.model()
    }

    public func refitting(after model: any Model) -> any Estimator {
        var refitted = self
        if let model = model.uncalibrated as? BoostModel { refitted.rounds = max(1, model.rounds) }
        return refitted
    }

    public func validate() throws {
        func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ range: String) throws {
            try Attar.require(holds, name, of: .boost, is: value, mustBe: range)
        }
        try require((1...100_000).contains(rounds), "rounds", rounds, "from 1 to 100000")
        try require((1...30).contains(depth), "depth", depth, "from 1 to 30")
        try require(learningRate > 0 && learningRate <= 1, "learningRate", learningRate, "above 0, at most 1")
        try require(subsample > 0 && subsample <= 1, "subsample", subsample, "above 0, at most 1")
        try require(columns > 0 && columns <= 1, "columns", columns, "above 0, at most 1")
        try require(lambda >= 0 && lambda.isFinite, "lambda", lambda, "0 or more")
        try require(
            minimumChildWeight >= 0 && minimumChildWeight.isFinite, "minimumChildWeight", minimumChildWeight,
            "0 or more")
        try require(patience >= 1, "patience", patience, "at least 1")
    }
}

extension Family {
    /// Gradient-boosted trees.
    public static let boost = Family(
        summary: "gradient-boosted trees, grown by XGBoost", estimator: BoostEstimator.self,
        model: BoostModel.self,
        usualSizes: { $0.readsTokens ? [] : ["boost[rounds=50,depth=3]"] })
}
