extension FeatureEncoder {
    /// Learns means, deviations and categories from training rows.
    ///
    /// - Parameters:
    ///   - text: what decides how columns of texts become features.
    ///   - kinds: the kinds of data, which know how their columns become features.
    /// - Throws: `AttarError` (`schemaMismatch`) where there are no rows, or no column can become a feature; `invalidSetting` where texts cannot
    ///   become what was asked for.
    public init(
        fittedTo rows: Dataset, text: TextFeatures = TextFeatures(),
        kinds: Registry<DataKind> = Catalogue.standard.dataKinds
    ) throws {
        guard rows.count > 0 else {
            throw AttarError(.schemaMismatch, "\(rows.source) has no rows to learn from", remedy: "Give more rows")
        }
        if text.readsWholeVocabulary {
            let column = try Self.tokens(of: rows, tokenizer: text.tokenizer)
            self.init(columns: [column], ignored: rows.columns.map(\.name).filter { $0 != column.name })
            return
        }
        var (columns, ignored): ([EncodedColumn], [String]) = ([], [])
        for column in rows.columns {
            if let fitted = try kinds.kind(of: column).columns.fitted(column, rows, text) {
                columns.append(fitted)
            } else {
                ignored.append(column.name)
            }
        }
        guard !columns.isEmpty else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column that can become a feature",
                remedy: "Give at least one column of numbers or categories besides the target")
        }
        self.init(columns: columns, ignored: ignored)
    }

    /// The column of texts that is called so, or the only one, as tokens of a whole vocabulary.
    private static func tokens(of rows: Dataset, tokenizer: Tokenizer?) throws -> EncodedColumn {
        guard let tokenizer else {
            throw AttarError(
                .invalidSetting, "a static embedding needs the teacher's tokenizer, and none is named",
                remedy: "Give its tokenizer.json with --tokenizer")
        }
        let columns = rows.columns.filter { $0.kind == .text || $0.kind == .categorical }
        let named = columns.first { ["text", "sentence"].contains($0.name) } ?? (columns.count == 1 ? columns[0] : nil)
        guard let column = named ?? columns.first(where: { $0.kind == .text }), let texts = column.texts else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column of texts",
                remedy: "Give sentences in a column named 'text'")
        }
        return EncodedColumn(column.name, TextEncoding(wholeVocabularyOf: tokenizer, fittedTo: texts))
    }
}
