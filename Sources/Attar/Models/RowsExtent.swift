/// How many numbers a fit learns from.
public struct RowsExtent: Hashable, Sendable {
    /// Number of rows.
    public var rows: Int
    /// Numbers that a row's features are.
    public var features: Int
    /// Answers to a row.
    public var outputs: Int

    /// An extent.
    public init(rows: Int, features: Int, outputs: Int) {
        (self.rows, self.features, self.outputs) = (rows, features, outputs)
    }

    /// The bytes of the rows as a transfer set has them: features, truth and soft targets as floats, weights and origins.
    public var bytes: Int { rows * (4 * features + 8 * outputs + 8) }
}
