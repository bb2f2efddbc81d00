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
}
