extension Registry<DataKind> {
    /// The kind of a data set's column: the first that claims it.
    public func kind(of column: Column) -> DataKind {
        guard let kind = members.first(where: { $0.columns.claims(column) }) else {
            preconditionFailure("numbers and categories claim what no other kind does")
        }
        return kind
    }

    /// The kind of a column that was fitted.
    public func kind(of column: EncodedColumn) -> DataKind {
        guard let kind = members.first(where: { $0.columns.reads(column) }) else {
            preconditionFailure("numbers and categories read what no other kind does")
        }
        return kind
    }

    /// The kind of a data set's column for a model: of an array the one as which it is read, by its name, or as the only one.
    public func kind(of column: Column, in encoder: FeatureEncoder) -> DataKind {
        guard column.kind == .tensor else { return kind(of: column) }
        let arrays = encoder.columns.filter { $0.kind == .tensor }
        let read = arrays.first { $0.name == column.name } ?? (arrays.count == 1 ? arrays[0] : nil)
        return read.map { kind(of: $0) } ?? kind(of: column)
    }
}
