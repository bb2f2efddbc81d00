/// Rows in words: "age 35, colour red".
package struct RowText {
    private let rows: Dataset
    /// The columns that are named, the first six of those that differ between rows, and how they are shown.
    private let shown: [(column: Column, showing: DataKind.Showing)]

    private static let mostColumns = 6
    private static let mostCharacters = 80

    package init(_ rows: Dataset, kinds: Registry<DataKind>) {
        self.rows = rows
        let all = rows.columns.lazy.map { (column: $0, showing: kinds.kind(of: $0).showing) }
        let varied = Array(all.filter { $0.showing.varies($0.column) }.prefix(Self.mostColumns))
        shown = varied.isEmpty ? Array(all.prefix(Self.mostColumns)) : varied
    }

    /// A row's values; of arrays the shape.
    package func text(of row: Int) -> String {
        shown.map { column, showing in
            column.isMissing(row) ? "\(column.name) missing" : "\(column.name) \(showing.words(column, row))"
        }.joined(separator: ", ")
    }

    /// Values of several outputs.
    static func text(of values: ArraySlice<Float>) -> String {
        values.map(RowPartition.label).joined(separator: ", ")
    }

    /// A text that is not too long to be read.
    static func cut(_ text: String) -> String {
        text.count <= mostCharacters ? text : text.prefix(mostCharacters - 1) + "…"
    }
}
