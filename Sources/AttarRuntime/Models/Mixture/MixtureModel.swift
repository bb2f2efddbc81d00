public import Compute

/// A mixture of normal distributions: how likely a row is of each of them.
public struct MixtureModel: Model {
    public static let familyName = "gmm"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    package let mixture: NormalMixture

    package init(task: LearningTask, encoder: FeatureEncoder, mixture: NormalMixture) {
        (self.task, self.encoder, self.mixture) = (task, encoder, mixture)
    }

    public func outputs(for features: Matrix) -> Answers {
        Answers(.probabilities, mixture.logDensities(of: features).softmax())
    }

    public func logits(for features: Matrix) -> Matrix? { mixture.logDensities(of: features) }

    public var description: ModelDescription {
        let (clusters, width) = (mixture.means.rows, mixture.means.columns)
        return ModelDescription(
            family: Self.familyName,
            tensors: [
                "means": Tensor(mixture.means.elements, shape: [clusters, width]),
                "factors": Tensor(
                    mixture.factors.flatMap(\.elements), shape: [clusters, mixture.factors.first?.rows ?? 1, width]),
                "constants": Tensor(mixture.constants, shape: [clusters]),
            ])
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let (clusters, width) = (task.width, encoder.width)
        // One row of factors a cluster where features vary by themselves, else as many as there are features.
        let rows = description.tensors["factors"]?.shape.dropFirst().first == 1 ? 1 : width
        let factors = try description.floats("factors", shape: [clusters, rows, width])
        self.init(
            task: task, encoder: encoder,
            mixture: NormalMixture(
                means: Matrix(
                    rows: clusters, columns: width,
                    elements: try description.floats("means", shape: [clusters, width])),
                factors: (0..<clusters).map { one in
                    Matrix(
                        rows: rows, columns: width,
                        elements: Array(factors[one * rows * width..<(one + 1) * rows * width]))
                }, constants: try description.floats("constants", shape: [clusters])))
    }
}
