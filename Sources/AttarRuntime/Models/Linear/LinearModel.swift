public import Compute

/// Scores that are weighted sums of the features: softmax of them for classes, the sums themselves for values.
///
/// Where rows are token ids, a row's features are its n tokens, each 1/√n.
public struct LinearModel: Model {
    public static let familyName = "linear"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// (task.width, encoder.width); of bags of tokens (vocabulary, task.width).
    package let weights: Matrix
    /// (task.width).
    package let bias: [Float]

    package init(task: LearningTask, encoder: FeatureEncoder, weights: Matrix, bias: [Float]) {
        self.task = task
        self.encoder = encoder
        self.weights = weights
        self.bias = bias
    }

    /// The weighted sums, (rows, task.width).
    package func scores(of features: Matrix) -> Matrix {
        isBag
            ? TokenBags.scores(of: features, shares: TokenBags.shares(of: features), weights: weights, bias: bias)
            : Self.scores(features, weights: weights, bias: bias)
    }

    public func outputs(for features: Matrix) -> Answers {
        var scores = scores(of: features)
        guard task.form == .probabilities else { return Answers(.values, scores) }
        var places = scores.elements.mutableSpan
        for row in 0..<features.rows { MarginLink.softmax.apply(to: &places, at: row * task.width, width: task.width) }
        return Answers(.probabilities, scores)
    }

    /// Whether rows are bags of tokens.
    var isBag: Bool { if case .tokens = encoder.layout { true } else { false } }

    public func session() -> any PredictionSession {
        if isBag { return BagSession(self) }
        return DenseSession(self)
    }

    public var description: ModelDescription {
        ModelDescription(
            family: Self.familyName,
            tensors: [
                "weights": Tensor(weights.elements, shape: [weights.rows, weights.columns]),
                "bias": Tensor(bias, shape: [bias.count]),
            ])
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        var shape = [task.width, encoder.width]
        if case .tokens(_, let vocabulary) = encoder.layout { shape = [vocabulary, task.width] }
        let weights = try description.floats("weights", shape: shape)
        self.init(
            task: task, encoder: encoder, weights: Matrix(rows: shape[0], columns: shape[1], elements: weights),
            bias: try description.floats("bias", shape: [task.width]))
    }

    /// features · weightsᵀ + bias, (rows, task.width).
    package static func scores(_ features: Matrix, weights: Matrix, bias: [Float]) -> Matrix {
        var elements = features.timesTransposed(weights).elements
        let width = bias.count
        for start in stride(from: 0, to: elements.count, by: max(1, width)) {
            for column in 0..<width { elements[start + column] += bias[column] }
        }
        return Matrix(rows: features.rows, columns: width, elements: elements)
    }
}

/// Scores one row in the caller's buffer.
private final class DenseSession: PredictionSession {
    /// One row a feature, so that all outputs advance together: (encoder.width, task.width).
    private let weights: [Float]
    private let bias: [Float]
    private let classifies: Bool

    init(_ model: LinearModel) {
        weights = model.weights.transposed().elements
        bias = model.bias
        classifies = model.task.form == .probabilities
    }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        let width = bias.count
        let storage = self.weights
        let weights = storage.span
        for column in 0..<width { outputs[column] = bias[column] }
        for feature in features.indices {
            let value = features[feature]
            for column in 0..<width { outputs[column] += value * weights[feature * width + column] }
        }
        if classifies { MarginLink.softmax.apply(to: &outputs, at: 0, width: width) }
    }
}

/// Scores one bag of tokens in the caller's buffer.
private final class BagSession: PredictionSession {
    private let weights: [Float]
    private let bias: [Float]
    private let classifies: Bool

    init(_ model: LinearModel) {
        weights = model.weights.elements
        bias = model.bias
        classifies = model.task.form == .probabilities
    }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        let width = bias.count
        let storage = self.weights
        let weights = storage.span
        let last = weights.count / width - 1
        var count: Float = 0
        for column in 0..<width { outputs[column] = 0 }
        for place in features.indices where features[place] != 0 {
            let id = min(last, max(0, Int(features[place])))
            for column in 0..<width { outputs[column] += weights[id * width + column] }
            count += 1
        }
        let share = count > 0 ? 1 / count.squareRoot() : 1
        for column in 0..<width { outputs[column] = outputs[column] * share + bias[column] }
        if classifies { MarginLink.softmax.apply(to: &outputs, at: 0, width: width) }
    }
}
