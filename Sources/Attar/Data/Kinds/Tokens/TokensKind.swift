extension DataKind {
    /// Sequences of token ids of one length, 0 behind the end: arrays that are named so, and hold whole numbers from 0.
    public static let tokens = DataKind(
        name: "tokens", summary: "sequences of token ids",
        columns: Columns(claims: { vocabulary(of: $0) != nil }, reads: { $0.isTokens }) { column, _, _ in
            vocabulary(of: column).map { EncodedColumn(column.name, .tensor, shape: column.shape, vocabulary: $0) }
        },
        making: Making(
            isChanged: { $1 != .munge }, made: { $0.sequences($1, made: $2, by: $3, &$4) }),
        corruptions: { Corruption.sequences($0.own) },
        showing: .arrays)

    /// One more than a column's greatest token id, and one for all others; nil for a column of other numbers.
    private static func vocabulary(of column: Column) -> Int? {
        guard case .tensor(let values, let shape) = column.storage, shape.count == 1,
            FeatureEncoder.tokenNames.contains(column.name)
        else { return nil }
        var most: Float = 0
        for value in values where !value.isNaN {
            guard value >= 0, value == value.rounded() else { return nil }
            most = max(most, value)
        }
        return most < 0x1p24 - 2 ? Int(most) + 2 : nil
    }
}
