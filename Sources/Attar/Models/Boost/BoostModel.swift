/// Gradient-boosted trees: each round adds one tree an output that corrects the rounds before.
///
/// Classifiers answer the softmax of the margins; for two classes one margin and its logistic function. Regressors answer
/// the margins themselves.
public struct BoostModel: TreeEnsembleModel {
    public static let family = Family.boost

    public let task: LearningTask
    public let encoder: FeatureEncoder
    let ensemble: TreeEnsemble

    /// Number of rounds whose trees it holds.
    public var rounds: Int { ensemble.treeCount / ensemble.outputs }

    static func link(for task: LearningTask) -> MarginLink {
        guard task.isClassification else { return .identity }
        return task.width == 2 ? .logistic : .softmax
    }
}

extension Family {
    /// Gradient-boosted trees.
    public static let boost = Family(
        name: "boost", summary: "gradient-boosted trees, grown by XGBoost", estimator: BoostEstimator.self,
        model: BoostModel.self,
        usualSizes: { $0.readsTokens ? [] : ["boost[rounds=50,depth=3]"] })
}
