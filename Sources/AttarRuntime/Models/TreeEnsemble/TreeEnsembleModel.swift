package import Compute

/// What forests and boosted trees have in common: trees, and a link from their margins to answers.
package protocol TreeEnsembleModel: Model {
    /// The trees, over the encoder's features.
    var ensemble: TreeEnsemble { get }
    /// How margins become answers to a task.
    static func link(for task: LearningTask) -> MarginLink
    /// A model of trees that fit the task.
    init(task: LearningTask, encoder: FeatureEncoder, ensemble: TreeEnsemble)
}

extension TreeEnsembleModel {
    public func outputs(for features: Matrix) -> Answers {
        let link = Self.link(for: task)
        let width = task.width
        let margins = ensemble.margins(for: features)
        let kind: Answers.Kind = task.form == .probabilities ? .probabilities : .values
        if case .identity = link { return Answers(kind, margins) }
        var answers = Matrix(rows: features.rows, columns: width)
        for row in 0..<features.rows {
            for column in 0..<margins.columns { answers[row, column] = margins[row, column] }
        }
        var places = answers.elements.mutableSpan
        for row in 0..<features.rows { link.apply(to: &places, at: row * width, width: width) }
        return Answers(kind, answers)
    }

    public func session() -> any PredictionSession {
        TreeEnsembleSession(ensemble: ensemble, link: Self.link(for: task), width: task.width)
    }

    public var description: ModelDescription {
        ModelDescription(
            family: Self.familyName,
            settings: .object([
                "trees": .number(Double(ensemble.treeCount)), "nodes": .number(Double(ensemble.nodeCount)),
            ]),
            tensors: ensemble.tensors)
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let margins = Self.link(for: task).marginCount(width: task.width)
        let ensemble = try TreeEnsemble(description, width: encoder.width, outputs: margins)
        self.init(task: task, encoder: encoder, ensemble: ensemble)
    }
}

/// Scores a row at a time in the caller's own buffer.
private final class TreeEnsembleSession: PredictionSession {
    private let ensemble: TreeEnsemble
    private let link: MarginLink
    private let width: Int

    init(ensemble: TreeEnsemble, link: MarginLink, width: Int) {
        self.ensemble = ensemble
        self.link = link
        self.width = width
    }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        ensemble.score(features, into: &outputs)
        link.apply(to: &outputs, at: 0, width: width)
    }
}
