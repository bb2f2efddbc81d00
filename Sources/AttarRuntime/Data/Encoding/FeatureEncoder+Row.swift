extension FeatureEncoder {
    /// One row of known columns as a data set that `encoded(_:)` takes.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing, unknown, or of another type.
    func dataset(of row: [String: RowValue]) throws -> Dataset {
        let missing = columns.map(\.name).filter { row[$0] == nil }
        let known = Set(columns.map(\.name) + ignored)
        if let name = row.keys.sorted().first(where: { !known.contains($0) }) {
            throw AttarError(
                .schemaMismatch, "the row has a column '\(name)' that the model was not trained on",
                remedy: didYouMean(name, among: missing.isEmpty ? columns.map(\.name) : missing))
        }
        if let name = missing.first {
            let others = missing.count == 1 ? "" : " and \(missing.count - 1) others"
            throw AttarError(
                .schemaMismatch, "the row lacks the column '\(name)'\(others) that the model was trained on",
                remedy: "Give its value, or nil where it is not known")
        }
        return Dataset(
            source: "the row",
            columns: try columns.map { Column($0.name, try $0.storage(of: row[$0.name] ?? .missing)) })
    }
}

extension EncodedColumn {
    /// One value as a column of one row.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where it is of another type.
    fileprivate func storage(of value: RowValue) throws -> Column.Storage {
        switch (kind, value) {
        case (.numeric, .missing): return .numeric([.nan])
        case (.numeric, .number(let value)): return .numeric([try finite(value)])
        case (.categorical, .missing), (.categorical, .text("")):
            return .categorical(codes: [-1], categories: [])
        case (.categorical, .text(let text)): return .categorical(codes: [0], categories: [text])
        case (.categorical, .number(let value)):
            return try finite(value).isNaN
                ? .categorical(codes: [-1], categories: [])
                : .categorical(codes: [0], categories: [Column.label(of: value)])
        case (.text, .missing): return .text([""])
        case (.text, .text(let text)): return .text([text])
        case (.date, .missing): return .text([""])
        case (.date, .text(let text)): return .text([text])
        case (.tensor, .missing): return .tensor([Float](repeating: .nan, count: rawWidth), shape: shape)
        case (.tensor, .array(let values)) where values.count == rawWidth: return .tensor(values, shape: shape)
        case (.numeric, _): throw mismatch(value, "numbers")
        case (.categorical, _): throw mismatch(value, "categories")
        case (.text, _): throw mismatch(value, "texts")
        case (.date, _): throw mismatch(value, "a \(dates?.notation.words ?? "date")")
        case (.tensor, _): throw mismatch(value, "arrays of \(shape.map(String.init).joined(separator: " × ")) numbers")
        }
    }

    /// A number that a column can hold: finite, or NaN where it is missing.
    private func finite(_ value: Double) throws -> Float {
        let number = Float(value)
        guard !number.isInfinite else {
            throw AttarError(
                .schemaMismatch, "the row's column '\(name)' is \(value), which is not finite in 32 bits",
                remedy: "Give a finite number, or nil where it is missing")
        }
        return number
    }

    private func mismatch(_ value: RowValue, _ trained: String) -> AttarError {
        AttarError(
            .schemaMismatch, "the row's column '\(name)' is \(value), and the model was trained on \(trained)",
            remedy: "Correct the value, or give nil where it is missing")
    }
}
