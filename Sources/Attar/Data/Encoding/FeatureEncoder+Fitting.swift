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
        let unread = text.unreadColumns(of: rows)
        let names = Set(unread.map(\.name))
        let read = rows.with(columns: rows.columns.filter { !names.contains($0.name) })
        var columns: [EncodedColumn] = []
        for column in read.columns {
            if let fitted = try kinds.kind(of: column).columns.fitted(column, read, text) { columns.append(fitted) }
        }
        guard !columns.isEmpty else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column that can become a feature",
                remedy: "Give at least one column of numbers or categories besides the target")
        }
        let kept = text.kept(in: rows)
        try Self.refuseRowNumbers(columns.map(\.name).filter { !kept.contains($0) }, without: unread, in: rows)
        let fitted = Set(columns.map(\.name))
        self.init(
            columns: columns, ignored: rows.columns.map(\.name).filter { !fitted.contains($0) },
            missing: rows.reading?.missing ?? [])
    }

    /// Refuses to learn from row numbers alone where the texts beside them are left out.
    private static func refuseRowNumbers(_ read: [String], without unread: [UnreadColumn], in rows: Dataset) throws {
        guard let left = unread.first else { return }
        let identifiers = rows.identifierColumns.filter { read.contains($0.name) }
        guard let identifier = identifiers.first, identifiers.count == read.count else { return }
        throw AttarError(
            .schemaMismatch,
            "\(rows.source) has nothing to learn from but the column '\(identifier.name)', which \(identifier.reason); '\(left.name)' is left out, since \(left.reason)",
            remedy: "\(left.remedy), or give columns that say something of the rows")
    }

    /// The column of texts that is called so, or the only one, as tokens of a whole vocabulary.
    private static func tokens(of rows: Dataset, tokenizer: Tokenizer?) throws -> EncodedColumn {
        guard let tokenizer else {
            throw AttarError(
                .invalidSetting, "a static embedding needs the teacher's tokenizer, and none is named",
                remedy: "Give its tokenizer.json with --tokenizer")
        }
        guard let column = TextFeatures.wholeTexts(of: rows), let texts = column.texts else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column of texts",
                remedy: "Give sentences in a column named 'text'")
        }
        return EncodedColumn(column.name, TextEncoding(wholeVocabularyOf: tokenizer, fittedTo: texts))
    }
}
