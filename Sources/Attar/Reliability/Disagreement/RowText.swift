/// Rows in words: "age 35, colour red".
struct RowText {
    private let rows: Dataset
    /// The columns that are named: the first six of those that differ between rows.
    private let shown: [Column]

    private static let mostColumns = 6
    private static let mostCharacters = 80

    init(_ rows: Dataset) {
        self.rows = rows
        let varied = rows.columns.lazy.filter(Self.varies).prefix(Self.mostColumns)
        shown = varied.isEmpty ? Array(rows.columns.prefix(Self.mostColumns)) : Array(varied)
    }

    /// A row's values; of arrays the shape.
    func text(of row: Int) -> String {
        shown.map { column in
            if column.isMissing(row) { return "\(column.name) missing" }
            switch column.storage {
            case .numeric(let values): return "\(column.name) \(RowPartition.label(values[row]))"
            case .categorical(let codes, let categories):
                return "\(column.name) \(Self.cut(categories[Int(codes[row])]))"
            case .text(let texts): return "\(column.name) “\(Self.cut(texts[row]))”"
            case .tensor(_, let shape), .bytes(_, let shape):
                return "\(column.name) of \(shape.map(String.init).joined(separator: " × ")) numbers"
            }
        }.joined(separator: ", ")
    }

    /// Values of several outputs.
    static func text(of values: ArraySlice<Float>) -> String {
        values.map(RowPartition.label).joined(separator: ", ")
    }

    private static func cut(_ text: String) -> String {
        text.count <= mostCharacters ? text : text.prefix(mostCharacters - 1) + "…"
    }

    private static func varies(_ column: Column) -> Bool {
        switch column.storage {
        case .numeric(let values): values.contains { $0 != values[0] }
        case .categorical(let codes, _): codes.contains { $0 != codes[0] }
        case .text, .tensor, .bytes: true
        }
    }
}
