/// One model's loss on each row: whether its answer is wrong, or how far it is off.
public struct RowLosses: Sendable {
    /// What the losses are.
    public enum Kind: Hashable, Sendable {
        /// 0 for a right answer, 1 for a wrong one: exact distributions of counts hold.
        case mistakes
        /// A size of 0 or more, such as a squared error.
        case sizes
    }

    /// What the losses are.
    public let kind: Kind
    /// One a row.
    public let values: [Float]
    /// What `values` are multiplied by to be in the target's own units: squares are kept in units in which they neither overflow nor vanish.
    public let scale: Double

    /// Losses.
    public init(_ kind: Kind, _ values: [Float], scale: Double = 1) {
        (self.kind, self.values, self.scale) = (kind, values, scale)
    }
}
