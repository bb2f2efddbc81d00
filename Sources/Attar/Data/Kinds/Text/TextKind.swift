extension DataKind {
    /// Texts: words, or tokens of them.
    public static let text = DataKind(
        name: "text", summary: "texts in natural language",
        columns: Columns(claims: { $0.kind == .text }, reads: { $0.kind == .text }) { column, rows, text in
            guard case .text(let values) = column.storage else { return nil }
            let texts = rows.columns.count { $0.kind == .text }
            return try text.method(texts: texts, others: rows.columns.count - texts, rows: rows.count).map {
                EncodedColumn(column.name, try TextEncoding($0, fittedTo: values, tokenizer: text.tokenizer))
            }
        },
        making: Making(
            isChanged: { $1 != .munge }, made: { $0.texts($1, made: $2, by: $3, &$4) }),
        // Texts that no model reads can come out as they like.
        corruptions: { columns in
            Corruption.texts(columns.own.filter { own in columns.encoder.columns.contains { $0.name == own.name } })
        },
        showing: Showing(
            partition: { column in
                column.texts.flatMap { texts in
                    RowPartition.byRange("words of \(column.name)", texts.map { Float($0.split(separator: " ").count) })
                }
            },
            varies: { _ in true }, words: { column, row in "“\(RowText.cut(column.texts?[row] ?? ""))”" }))
}
