extension Recipe {
    /// How data files are read.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a type, separator or mark that there is not.
    public var reading: ReadingOptions {
        get throws {
            let declared: [any RecipeSetting] = [RecipeSettings.shared.decimal, RecipeSettings.shared.header]
            for setting in declared { try setting.check(values) }
            var options = ReadingOptions(
                decimal: self.decimal.flatMap { NumberNotation.Decimal(rawValue: $0) },
                hasHeader: self.header.map { $0 == "yes" }, missing: self.missing.map { Float($0) })
            if let separator = self.separator {
                let character = separator == "tab" || separator == "\\t" ? "\t" : separator
                guard let delimiter = character.first, character.count == 1 else {
                    throw AttarError(
                        .invalidSetting, "the separator is '\(separator)', but must be one character",
                        remedy: "Give , or ; or | or tab")
                }
                options.delimiter = delimiter
            }
            for entry in self.columns {
                let (name, type) = try ColumnType.parsed(entry)
                options.read(name, as: type)
            }
            return options
        }
    }

    /// Refuses types of columns that rows do not have.
    ///
    /// - Throws: `AttarError` (`unknownColumn`).
    public func checkColumns(of rows: Dataset) throws {
        for entry in self.columns {
            let (name, type) = try ColumnType.parsed(entry)
            // What is left out is not among the columns that were read.
            if type.kind == nil, rows.reading?.unused.contains(name) ?? false { continue }
            _ = try rows.existingColumn(name)
        }
    }
}
