/// A random forest: the mean of trees, each grown on other rows and trying other features at each split.
///
/// One tree an output: for classes a leaf holds the mean probability of one class, and a row's answers are renormalised. Two
/// classes need only the trees of the second.
public struct ForestModel: TreeEnsembleModel {
    public static let familyName = "forest"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    package let ensemble: TreeEnsemble

    package init(task: LearningTask, encoder: FeatureEncoder, ensemble: TreeEnsemble) {
        (self.task, self.encoder, self.ensemble) = (task, encoder, ensemble)
    }

    package static func link(for task: LearningTask) -> MarginLink {
        guard task.form == .probabilities else { return .identity }
        return task.width == 2 ? .secondShare : .shares
    }
}
