public import Compute

/// One decision tree whose leaves hold probabilities or values.
public struct TreeModel: Model {
    public static let familyName = "tree"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    package let nodes: TreeNodes

    package init(task: LearningTask, encoder: FeatureEncoder, nodes: TreeNodes) {
        self.task = task
        self.encoder = encoder
        self.nodes = nodes
    }

    /// Number of leaves.
    public var leafCount: Int { nodes.leafCount }

    /// Splits between the root and the deepest leaf.
    public var depth: Int { nodes.depth }

    public func outputs(for features: Matrix) -> Answers {
        var answers = Matrix(rows: features.rows, columns: task.width)
        var places = answers.elements.mutableSpan
        for row in 0..<features.rows {
            nodes.answer(
                features.elements.span, from: row * features.columns, into: &places, at: row * task.width)
        }
        return Answers(answers, to: task)
    }

    public func session() -> any PredictionSession {
        TreeSession(nodes: nodes)
    }

    public var description: ModelDescription {
        ModelDescription(
            family: Self.familyName,
            settings: .object(["leaves": .number(Double(leafCount)), "depth": .number(Double(depth))]),
            tensors: nodes.tensors)
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        self.init(
            task: task, encoder: encoder,
            nodes: try TreeNodes(description, inputs: encoder.width, width: task.width))
    }
}

/// Answers one row in the caller's buffer.
private final class TreeSession: PredictionSession {
    private let nodes: TreeNodes

    init(nodes: TreeNodes) { self.nodes = nodes }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        nodes.answer(features, from: 0, into: &outputs, at: 0)
    }
}
