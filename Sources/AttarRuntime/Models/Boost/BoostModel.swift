/// Gradient-boosted trees: each round adds one tree an output that corrects the rounds before.
///
/// Classifiers answer the softmax of the margins; for two classes one margin and its logistic function. Regressors answer
/// the margins themselves.
public struct BoostModel: TreeEnsembleModel {
    public static let familyName = "boost"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    package let ensemble: TreeEnsemble

    package init(task: LearningTask, encoder: FeatureEncoder, ensemble: TreeEnsemble) {
        (self.task, self.encoder, self.ensemble) = (task, encoder, ensemble)
    }

    /// Number of rounds whose trees it holds.
    public var rounds: Int { ensemble.treeCount / ensemble.outputs }

    package static func link(for task: LearningTask) -> MarginLink {
        guard task.form == .probabilities else { return .identity }
        return task.width == 2 ? .logistic : .softmax
    }
}
