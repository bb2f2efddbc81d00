/// What a student minimises: a weighted sum of terms over its logits or values, the labels and the teacher's answers.
///
/// A row without a label (−1 or NaN) contributes nothing to terms on labels; a transfer set without a teacher nothing to
/// terms on soft targets.
public struct DistillationLoss: Hashable, Codable, Sendable {
    /// One term of the sum.
    public struct Term: Hashable, Codable, Sendable {
        /// What the term measures. Open, so that losses can be added.
        public struct Kind: Hashable, Codable, Sendable, RawRepresentable {
            public let rawValue: String

            /// A kind of the given name.
            public init(rawValue: String) { self.rawValue = rawValue }

            /// Cross-entropy with the hard label, −log p(y).
            public static let crossEntropy = Kind(rawValue: "crossEntropy")
            /// T²·KL(teacher ‖ student) between softened probabilities.
            public static let kullbackLeibler = Kind(rawValue: "kullbackLeibler")
            /// Squared error to the label's value.
            public static let squaredError = Kind(rawValue: "squaredError")
            /// Squared error to the teacher's value.
            public static let teacherSquaredError = Kind(rawValue: "teacherSquaredError")
        }

        /// What the term measures.
        public var kind: Kind
        /// The factor before the term.
        public var weight: Double = 1
        /// The divisor of the logits before softmax, above 0.
        public var temperature: Double = 1
    }

    /// The terms that are added up.
    public var terms: [Term]

    /// The share of the label in the loss, from 0 (teacher only) to 1 (labels only): what families that learn a blended
    /// target, such as trees, give the label on rows that have one.
    public var labelShare: Double {
        fatalError()
    }

    /// Hard labels only, for a kind of task: cross-entropy or squared error.
    public static func labelsOnly(_ kind: Task.Kind) -> DistillationLoss {
        fatalError()
    }
}
