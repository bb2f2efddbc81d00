extension DataKind {
    /// Every kind of data that Attar knows, the most particular first: in this order they are asked for a column.
    public static let all: [DataKind] = [.tokens, .text, .picture, .dates, .table]
}
