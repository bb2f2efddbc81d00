/// A random forest: the mean of trees, each grown on other rows and trying other features at each split.
///
/// One tree an output: for classes a leaf holds the mean probability of one class, and a row's answers are renormalised. Two
/// classes need only the trees of the second.
public struct ForestModel: TreeEnsembleModel {
    public static let family = Family.forest

    public let task: LearningTask
    public let encoder: FeatureEncoder
    let ensemble: TreeEnsemble

    static func link(for task: LearningTask) -> MarginLink {
        guard task.isClassification else { return .identity }
        return task.width == 2 ? .secondShare : .shares
    }
}

extension Family {
    /// A random forest.
    public static let forest = Family(
        name: "forest", summary: "random forest, grown by XGBoost", estimator: ForestEstimator.self,
        model: ForestModel.self,
        usualSizes: { $0.readsTokens ? [] : ["forest[trees=20,depth=8]"] })
}
