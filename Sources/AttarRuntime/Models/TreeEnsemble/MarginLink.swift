package import Compute
internal import Foundation

/// How margins become answers. In place, so that a session allocates nothing and gives the same bits as a batch.
public enum MarginLink: Hashable, Sendable {
    /// exp(z) / Σ exp(z).
    case softmax
    /// One margin z becomes two probabilities: the second class has 1 / (1 + exp(−z)).
    case logistic
    /// Shares of a sum: negative margins count as 0, and a row without any positive one is even.
    case shares
    /// One margin, the probability of the second of two classes, held between 0 and 1.
    case secondShare
    /// Values as they are.
    case identity

    /// Margins a row, for answers of the given width.
    package func marginCount(width: Int) -> Int { self == .logistic || self == .secondShare ? 1 : width }

    /// The targets of the margins, of one row a row: the second column where one margin stands for two classes.
    package func marginTargets(_ targets: Matrix) -> [Float] {
        marginCount(width: targets.columns) == targets.columns
            ? targets.elements : (0..<targets.rows).map { targets[$0, 1] }
    }

    /// Turns one row's margins, at the beginning of the row's place, into its answers.
    package func apply(to values: inout MutableSpan<Float>, at start: Int, width: Int) {
        switch self {
        case .softmax:
            var highest = values[start]
            for column in 1..<max(1, width) { highest = max(highest, values[start + column]) }
            var sum: Float = 0
            for column in 0..<width {
                values[start + column] = exp(values[start + column] - highest)
                sum += values[start + column]
            }
            for column in 0..<width { values[start + column] /= sum }
        case .logistic:
            let margin = values[start]
            values[start] = 1 / (1 + exp(margin))
            values[start + 1] = 1 / (1 + exp(-margin))
        case .shares:
            var sum: Float = 0
            for column in 0..<width {
                values[start + column] = max(0, values[start + column])
                sum += values[start + column]
            }
            for column in 0..<width {
                values[start + column] = sum > 0 ? values[start + column] / sum : 1 / Float(width)
            }
        case .secondShare:
            values[start + 1] = min(1, max(0, values[start]))
            values[start] = 1 - values[start + 1]
        case .identity: break
        }
    }
}
