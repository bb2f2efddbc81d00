/// How to grow one decision tree on the blend of labels and soft targets: probabilities or values, all outputs at once.
///
/// CART with exact splits, grown best first: the leaf whose split lowers the weighted squared error over all outputs most is
/// split next. For hard labels that error is the Gini impurity; for soft targets the leaves hold the mean of the teacher's
/// probabilities.
///
/// Sources: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees" (1984); Frosst and Hinton,
/// "Distilling a Neural Network Into a Soft Decision Tree" (2017), for why soft targets grow better trees.
public struct TreeEstimator: OptionedEstimator, Hashable {
    public static let family = Family.tree

    /// The most leaves, at least 1.
    public var leaves = 32
    /// The most splits between the root and a leaf, from 0 to 64.
    public var depth = 64
    /// The least weight of the rows in a leaf, above 0; a row weighs 1 on average.
    public var minimumLeafWeight = 1.0

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<TreeEstimator>] = [
        ModelOption("leaves", \.leaves, .from(1, to: 1_000_000), help: "at most"),
        ModelOption("depth", \.depth, .from(0, to: 64), help: "splits from root to leaf, at most"),
        ModelOption(
            "minimumLeafWeight", \.minimumLeafWeight, .above(0), "a number above 0",
            help: "least weight of the rows in a leaf"),
    ]

    public func memoryEstimate(_ extent: RowsExtent) -> Int {
        // Columns, and the order of the rows by each.
        extent.bytes + 12 * extent.rows * extent.features
    }

    public func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        try validate()
        let rows = try LearnableRows.required(transferSet, labelShare: context.loss.labelShare)
        var grower = TreeGrower(
            rows, standardises: transferSet.task.form == .values, minimumLeafWeight: minimumLeafWeight)
        while grower.leafCount < leaves, grower.splitBestLeaf(depth: depth) {
            try report(
                RunProgress(phase: "training tree", completed: grower.leafCount, total: leaves, unit: "leaves"),
                to: context.progress)
        }
        return TreeModel(task: transferSet.task, encoder: transferSet.encoder, nodes: grower.finished(rows))
    }
}

extension Family {
    /// One decision tree.
    public static let tree = Family(
        summary: "one decision tree, small enough to read",
        estimator: TreeEstimator.self, model: TreeModel.self,
        usualSizes: { $0.holdsIDs ? [] : ["tree[leaves=64]"] })
}
