public import Compute

/// Weighted sums of the features, and how they become answers.
public struct LinearForm: Sendable {
    /// (outputs, features); of bags of tokens (vocabulary, outputs).
    public let weights: Matrix
    /// What each sum starts from, (outputs).
    public let bias: [Float]
    /// Whether a row is a sequence of n token ids, each of which has the feature 1/√n; the padding, 0, has none.
    public let readsTokens: Bool
    /// How the sums become answers.
    public let link: MarginLink
}

extension LinearModel {
    public var form: ModelForm {
        .linear(
            LinearForm(
                weights: weights, bias: bias, readsTokens: isBag,
                link: task.form == .probabilities ? .softmax : .identity))
    }
}
