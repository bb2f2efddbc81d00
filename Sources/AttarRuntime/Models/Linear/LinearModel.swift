public import Compute

/// Scores that are weighted sums of the features: softmax of them for classes, the sums themselves for values.
///
/// Where rows are token ids, a row's features are its n tokens, each 1/√n; where they have columns of them beside others, the sums of all columns add up.
public struct LinearModel: Model {
    public static let familyName = "linear"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// (task.width, encoder.width); of bags of tokens (vocabulary, task.width); of mixed rows (task.width, features that are no ids).
    package let weights: Matrix
    /// Of mixed rows, for each block of ids (vocabulary, task.width); else none.
    package let bags: [Matrix]
    /// (task.width).
    package let bias: [Float]

    package init(
        task: LearningTask, encoder: FeatureEncoder, weights: Matrix, bags: [Matrix] = [], bias: [Float]
    ) {
        self.task = task
        self.encoder = encoder
        self.weights = weights
        self.bags = bags
        self.bias = bias
    }

    /// The weighted sums, (rows, task.width).
    package func scores(of features: Matrix) -> Matrix {
        if isMixed {
            return MixedRows(features, blocks: encoder.blocks).scores(weights: weights, bags: bags, bias: bias)
        }
        return isBag
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
    var isBag: Bool { encoder.readsTokens }

    /// Whether rows have ids of words beside other features.
    var isMixed: Bool { if case .mixed = encoder.layout { true } else { false } }

    public func session() -> any PredictionSession {
        if isMixed { return MixedSession(self) }
        if isBag { return BagSession(self) }
        return DenseSession(self)
    }

    public var description: ModelDescription {
        var tensors = [
            "weights": Tensor(weights.elements, shape: [weights.rows, weights.columns]),
            "bias": Tensor(bias, shape: [bias.count]),
        ]
        for (index, bag) in bags.enumerated() {
            tensors["bag\(index).weights"] = Tensor(bag.elements, shape: [bag.rows, bag.columns])
        }
        return ModelDescription(family: Self.familyName, tensors: tensors)
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        var shape = [task.width, encoder.width]
        if case .tokens(_, let vocabulary) = encoder.layout { shape = [vocabulary, task.width] }
        var bags: [Matrix] = []
        if case .mixed = encoder.layout {
            let parts = MixedRows.parts(of: encoder.blocks)
            shape[1] = parts.numbers.reduce(0) { $0 + $1.count }
            bags = try parts.ids.enumerated().map { index, ids in
                Matrix(
                    rows: ids.vocabulary, columns: task.width,
                    elements: try description.floats("bag\(index).weights", shape: [ids.vocabulary, task.width]))
            }
        }
        let weights = try description.floats("weights", shape: shape)
        self.init(
            task: task, encoder: encoder, weights: Matrix(rows: shape[0], columns: shape[1], elements: weights),
            bags: bags,
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
