public import Compute

/// Clusters around centres: a row is of the nearest, and how likely of each follows from how far rows lie from their centres on average.
///
/// The probabilities are those of normal distributions of one spread around all centres, each with the same share: softmax of −½ |x − c|² / variance.
public struct KMeansModel: Model {
    public static let familyName = "kmeans"

    public var task: LearningTask { scores.task }
    public var encoder: FeatureEncoder { scores.encoder }
    /// (clusters, features).
    package let centres: Matrix
    /// The mean squared distance of rows to their centre along one feature.
    package let variance: Float
    /// −½ |x − c|² / variance, less what all clusters share: weighted sums of the features.
    private let scores: LinearModel

    /// The least variance that counts: rows that all lie on their centres leave probabilities of 0 and 1 all the same.
    private static let leastVariance: Float = 1e-6

    package init(task: LearningTask, encoder: FeatureEncoder, centres: Matrix, variance: Float) {
        (self.centres, self.variance) = (centres, variance)
        let scale = 1 / max(variance, Self.leastVariance)
        let bias = centres.squaredLengths().map { -scale / 2 * $0 }
        scores = LinearModel(
            task: task, encoder: encoder,
            weights: Matrix(
                rows: centres.rows, columns: centres.columns, elements: centres.elements.map { $0 * scale }),
            bias: bias)
    }

    public func outputs(for features: Matrix) -> Answers { scores.outputs(for: features) }

    public func logits(for features: Matrix) -> Matrix? { scores.logits(for: features) }

    public func session() -> any PredictionSession { scores.session() }

    public var form: ModelForm { scores.form }

    public var description: ModelDescription {
        ModelDescription(
            family: Self.familyName,
            tensors: [
                "centres": Tensor(centres.elements, shape: [centres.rows, centres.columns]),
                "variance": Tensor([variance], shape: [1]),
            ])
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let shape = [task.width, encoder.width]
        let centres = try description.floats("centres", shape: shape)
        self.init(
            task: task, encoder: encoder, centres: Matrix(rows: shape[0], columns: shape[1], elements: centres),
            variance: try description.floats("variance", shape: [1])[0])
    }
}
