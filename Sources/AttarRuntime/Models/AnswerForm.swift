/// What a row of a model's numbers is. Closed, since kernels switch on it; what the numbers mean is the task's to say.
public enum AnswerForm: String, Hashable, Codable, Sendable {
    /// Non-negative numbers that sum to 1: one of several, each with its probability. Models compute logits and softmax them.
    case probabilities
    /// Real numbers: targets, scores, coordinates.
    case values
}
