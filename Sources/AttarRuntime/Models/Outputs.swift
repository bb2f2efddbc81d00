public import Compute

/// A teacher's or student's answers: one row an input row, one column a class or value.
public struct Outputs: Hashable, Sendable {
    /// What the numbers are. More kinds may be added.
    public struct Kind: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A kind of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Non-negative numbers that sum to 1 in each row.
        public static let probabilities = Kind(rawValue: "probabilities")
        /// Unbounded scores whose softmax gives the probabilities.
        public static let logits = Kind(rawValue: "logits")
        /// Predicted values of a regression, in the target's own units.
        public static let values = Kind(rawValue: "values")
    }

    /// What the numbers are.
    public let kind: Kind
    /// The numbers, (rows, task.width).
    public let matrix: Matrix

    /// Answers of the given kind.
    public init(_ kind: Kind, _ matrix: Matrix) {
        self.kind = kind
        self.matrix = matrix
    }

    /// The answers at the given positions, in that order.
    public func selecting(rows positions: [Int]) -> Outputs {
        Outputs(kind, matrix.selecting(rows: positions))
    }
}
