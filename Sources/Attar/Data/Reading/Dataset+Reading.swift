extension Dataset {
    /// Reads a data file: `.csv`, `.jsonl`, `.ndjson` (each also with `.gz`), `.npy`, `.npz` or IDX; a folder with a subfolder of
    /// PNG and JPEG pictures for each class; `-` reads CSV from standard input. All columns become features;
    /// `taking(target:kind:matching:)` then picks the target.
    ///
    /// Types of columns in text files are inferred over all rows. A column is numeric where all its values are finite
    /// numbers, with thousands, currencies and percent as people write them; dates where all are dates or times of one notation; categorical where up to 32 distinct values
    /// repeat at all, or up to 1000 repeat ten times on average; else text. Numbers with leading zeros (`007`) are taken for codes. Missing values are empty cells, NA, N/A, n/a,
    /// #N/A, `<NA>`, NaN, nan, null, NULL, None and `?`. A first line of CSV that is all numbers is no header, unless it counts the columns: they are then x0, x1, …. A
    /// first column without a name that numbers the rows is left out. What is read otherwise than a program would read it is among the notes.
    ///
    /// - Parameters:
    ///   - path: the file, or `-`.
    ///   - options: declared types and notations, the delimiter, and columns that are left out.
    ///   - progress: told how many bytes have been read; may stop the reading.
    /// - Throws: `AttarError`: `unreadableFile`, `malformedData` with file, line and column, `stopped`.
    public static func read(
        _ path: String, options: ReadingOptions = .init(), progress: @escaping ProgressHandler = { _ in .more }
    ) throws -> Dataset {
        try rows(path, options, progress).declared(by: options).reading(asMissing: options.missing).hintingAtMissing(
            except: Set(options.types.keys))
    }

    /// The same rows without the columns that are left out, and with numbers as categories where somebody wants that: what readers of arrays do not do by themselves.
    private func declared(by options: ReadingOptions) -> Dataset {
        var reading = reading ?? options.trace
        reading.unused.formUnion(columns.map(\.name).filter(options.unused.contains))
        let columns = columns.filter { !options.unused.contains($0.name) }.map { column in
            guard options.types[column.name] == .categorical, column.kind == .numeric,
                let (codes, names) = column.asCategories()
            else { return column }
            return .categorical(column.name, codes: codes, names: names)
        }
        return with(columns: columns, notes: notes, reading: reading)
    }

    /// Reads a data file, numbers that stand for missing values included.
    private static func rows(
        _ path: String, _ options: ReadingOptions, _ progress: @escaping ProgressHandler
    ) throws -> Dataset {
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        let formats: [(suffix: String, read: (ByteStream) throws -> Dataset)] = [
            (".csv", { stream in try Self.readCSV(stream, options, progress) }),
            (".tsv", { stream in try Self.readCSV(stream, options, progress) }),
            (".jsonl", { stream in try Self.readJSONLines(stream, options, progress) }),
            (".ndjson", { stream in try Self.readJSONLines(stream, options, progress) }),
            (".npy", { stream in try NpyReader(stream).dataset() }),
            (".npz", { stream in try NpzReader(stream).dataset() }),
        ]
        if PictureFolderReader.reads(path) { return try PictureFolderReader(path, progress: progress).dataset() }
        if IDXReader.reads(name) { return try IDXReader(path).dataset() }
        if path == "-" { return try readCSV(try ByteStream(path: path), options, progress) }
        try refuseForeign(path, name)
        guard let format = formats.first(where: { name.hasSuffix($0.suffix) }) else {
            throw AttarError(
                .unreadableFile, "'\(path)' is of no format that Attar reads",
                remedy: """
                    Give a .csv, .csv.gz, .tsv, .jsonl, .npy or .npz file, a folder of pictures, or - for CSV on standard input
                    """)
        }
        return try format.read(try ByteStream(path: path))
    }

    /// Refuses files of other tools, with the way to turn them into one that is read.
    private static func refuseForeign(_ path: String, _ name: String) throws {
        let parquet = (
            "a Parquet file",
            "Turn it into CSV once: duckdb -c \"COPY (FROM '\(path)') TO 'rows.csv'\", or python3 -c \"import pandas; pandas.read_parquet('\(path)').to_csv('rows.csv', index=False)\""
        )
        let arrow = (
            "an Arrow file",
            "Turn it into CSV once: python3 -c \"import pyarrow.feather as f, pyarrow.csv as c; c.write_csv(f.read_table('\(path)'), 'rows.csv')\""
        )
        let workbook = ("a workbook", "Save the sheet as CSV in UTF-8")
        let foreign = [
            ".parquet": parquet, ".pq": parquet, ".arrow": arrow, ".feather": arrow, ".xlsx": workbook,
            ".xls": workbook, ".ods": workbook,
        ]
        guard let (what, remedy) = foreign.first(where: { name.hasSuffix($0.key) })?.value else { return }
        throw AttarError(.unreadableFile, "'\(path)' is \(what), which Attar does not read", remedy: remedy)
    }

    private static func readCSV(
        _ stream: ByteStream, _ options: ReadingOptions, _ progress: @escaping ProgressHandler
    ) throws -> Dataset {
        var reader = CSVReader(stream, options: options, progress: progress)
        return try reader.read()
    }

    private static func readJSONLines(
        _ stream: ByteStream, _ options: ReadingOptions, _ progress: @escaping ProgressHandler
    ) throws -> Dataset {
        var reader = JSONLinesReader(stream, options: options, progress: progress)
        return try reader.read()
    }
}
