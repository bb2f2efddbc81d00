public import Compute

/// Weighted sums of the features, and how they become answers.
public struct LinearForm: Sendable {
    /// (outputs, features); of bags of tokens (vocabulary, outputs); of ids beside other features (outputs, features that are no ids).
    public let weights: Matrix
    /// Of ids beside other features, for each column of them (vocabulary, outputs), read as `readsTokens` says; else none.
    public let bags: [Matrix]
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
                weights: weights, bags: bags, bias: bias, readsTokens: isBag,
                link: task.form == .probabilities ? .softmax : .identity))
    }
}
