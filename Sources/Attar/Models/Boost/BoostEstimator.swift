internal import Foundation

/// How to grow gradient-boosted trees, by XGBoost's histogram method.
///
/// Source: Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016; Friedman, Annals of Statistics 29 (2001).
public struct BoostEstimator: OptionedEstimator, Hashable {
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

    package static let options: [ModelOption<BoostEstimator>] = [
        ModelOption("rounds", \.rounds, .from(1, to: 100_000), help: "of trees, at most"),
        ModelOption("depth", \.depth, .from(1, to: 30), help: "splits from root to leaf, at most"),
        ModelOption("learningRate", \.learningRate, .above(0, atMost: 1), help: "factor of each tree"),
        ModelOption("subsample", \.subsample, .above(0, atMost: 1), help: "share of rows a tree"),
        ModelOption("columns", \.columns, .above(0, atMost: 1), help: "share of features a node"),
        ModelOption("lambda", \.lambda, .from(0), help: "weight of squared leaf values"),
        ModelOption(
            "minimumChildWeight", \.minimumChildWeight, .from(0), help: "least curvature on each side of a split"),
        ModelOption("patience", \.patience, .from(1), "at least 1", help: "rounds without a better validation loss"),
    ]

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

    public func memoryEstimate(_ extent: RowsExtent) -> Int {
        // XGBoost keeps each number with its column and as a bin by rows and by columns, and the bins' sums of all nodes of a tree.
        let nodes = min(pow(2, Double(depth) + 1), 2 * Double(extent.rows))
        return extent.bytes + 11 * extent.rows * extent.features + 24 * extent.rows * extent.outputs
            + Int(min(nodes * Double(extent.features) * 256 * 16, 1e15))
    }
}

extension Family {
    /// Gradient-boosted trees.
    public static let boost = Family(
        summary: "gradient-boosted trees, grown by XGBoost", estimator: BoostEstimator.self,
        model: BoostModel.self,
        usualSizes: { $0.holdsIDs ? [] : ["boost[rounds=50,depth=3]"] })
}
