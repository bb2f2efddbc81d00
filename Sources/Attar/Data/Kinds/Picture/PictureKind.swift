extension DataKind {
    /// Pictures: arrays (height, width) of one channel, or (height, width, channels).
    public static let picture = DataKind(
        name: "picture", summary: "arrays of height and width, and of channels where there are several",
        columns: Columns(
            claims: { $0.kind == .tensor && isPicture($0.shape) },
            reads: { $0.kind == .tensor && isPicture($0.shape) },
            fitted: { column, _, _ in EncodedColumn(fittedToArrays: column) }),
        making: .copies,
        corruptions: { columns in
            Corruption.pictures(columns.own, isBesideNumbers: columns.all.contains { $0.kind == .numeric })
        },
        showing: .arrays)

    private static func isPicture(_ shape: [Int]) -> Bool { shape.count == 2 || shape.count == 3 }
}
