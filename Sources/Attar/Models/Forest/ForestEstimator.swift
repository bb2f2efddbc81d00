internal import Compute
internal import Foundation

/// How to grow a random forest, by XGBoost's histogram method: without shrinkage or penalty, with the gradient −target and
/// curvature 1, a tree's leaf holds the mean target of its rows.
///
/// Source: Breiman, "Random Forests", Machine Learning 45 (2001). A tree sees .632 of the rows, drawn without replacement: as many
/// different rows as a bootstrap sample has.
public struct ForestEstimator: OptionedEstimator, Hashable {
    public static let family = Family.forest

    /// Trees an output, from 1 to 100,000.
    public var trees = 200
    /// The most splits between a tree's root and a leaf, from 1 to 30.
    public var depth = 30
    /// The share of features that each node may split on, above 0 and at most 1; nil takes √features of them for
    /// classification, and three fifths for regression (concrete: R² .915, with a third of them .901).
    public var columns: Double?
    /// The least weight of the rows in a leaf, above 0; a row weighs 1 on average.
    public var minimumLeaf = 1.0

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<ForestEstimator>] = [
        ModelOption("trees", \.trees, .from(1, to: 100_000), help: "an output"),
        ModelOption("depth", \.depth, .from(1, to: 30), help: "splits from root to leaf, at most"),
        ModelOption(
            "columns", \.columns, .above(0, atMost: 1), none: "√features of them for classes, 0.6 for values",
            help: "share of features a node"),
        ModelOption(
            "minimumLeaf", \.minimumLeaf, .above(0), "a number above 0", help: "least weight of the rows in a leaf"),
    ]

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let task = transferSet.task
        let given = try LearnableRows.required(transferSet, labelShare: context.loss.labelShare)
        let targetUnits = given.units(for: task)
        let rows = given.inUnits(targetUnits)
        let width = rows.features.columns
        let share = task.form == .probabilities ? 1 / Double(width).squareRoot() : 0.6
        let link = ForestModel.link(for: task)
        let margins = link.marginCount(width: task.width)
        // Trees hold the distance from the mean target: sums over their rows stay small, and a tree whose rows weigh less than
        // a leaf must, which XGBoost gives the value 0, answers the mean.
        let means = rows.meanTargets()
        let baseScores = margins == means.count ? means : Array(means.suffix(margins))
        let booster = try XGBoostBooster(
            for: [XGBoostData(rows.features, threads: context.threads)], outputs: margins, columns: columns ?? share,
            settings: [
                "max_depth": String(depth), "eta": String(1 / Double(trees)), "lambda": "0", "subsample": "0.632",
                "min_child_weight": String(minimumLeaf),
            ], seed: context.seed)
        var gradient = link.marginTargets(rows.targets).enumerated().map { index, target in
            (baseScores[index % margins] - target) * rows.weights[index / margins]
        }
        var curvature = gradient.indices.map { rows.weights[$0 / margins] }
        // Every round follows the same gradient: a round is one more tree of the mean, and a place to stop.
        for tree in 0..<trees {
            try report(
                RunProgress(phase: "training forest", completed: tree, total: trees, unit: "trees"),
                to: context.progress)
            try booster.grow(gradient: &gradient, curvature: &curvature)
        }
        try report(
            RunProgress(phase: "training forest", completed: trees, total: trees, unit: "trees"), to: context.progress)
        return ForestModel(
            task: task, encoder: transferSet.encoder,
            ensemble: try booster.ensemble(
                width: width, baseScores: baseScores, units: Array(targetUnits.suffix(margins))))
    }

}

extension Family {
    /// A random forest.
    public static let forest = Family(
        summary: "random forest, grown by XGBoost", estimator: ForestEstimator.self,
        model: ForestModel.self,
        usualSizes: { $0.holdsIDs ? [] : ["forest[trees=20,depth=8]"] })
}
