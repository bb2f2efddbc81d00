/// Reads the arrays of a `.npz` archive as columns of one table.
///
/// A matrix named X, x, data or features becomes x0, x1, …; another matrix `m` becomes m0, m1, …; a vector becomes the column
/// of its name; an array of more dimensions a tensor column, and so does a matrix of token ids, called tokens, ids, input_ids or token_ids. All have the same number of rows.
struct NpzReader {
    private let stream: ByteStream

    init(_ stream: ByteStream) { self.stream = stream }

    /// Reads everything.
    func dataset() throws -> Dataset {
        var bytes = [UInt8](repeating: 0, count: stream.size)
        if stream.isPacked {
            throw AttarError(.malformedData, "'\(stream.name)' is gzip, no .npz archive", remedy: "Unpack it first")
        }
        bytes.removeLast(bytes.count - (try stream.read(into: &bytes)))
        var columns: [Column] = []
        var notes: [ReadingNote] = []
        var first: (name: String, rows: Int)?
        do {
            let archive = try ZipArchive(bytes)
            let arrays = archive.entries.filter { $0.name.hasSuffix(".npy") }
            // Of all arrays together: many may lie on the same bytes of the archive.
            var left = UnpackedSize.most(from: bytes.count)
            for entry in arrays {
                let name = String(entry.name.dropLast(4))
                let contents = try archive.stream(of: entry)
                let reader = NpyReader(
                    name: "'\(stream.name)', array '\(name)',", size: entry.size, most: left, next: contents.next)
                let (own, said) = try columnsOf(reader, name: name)
                try contents.finish()
                left -= own.reduce(0) { $0 + $1.storage.size }
                let rows = own.first?.count ?? 0
                if let first, first.rows != rows {
                    throw AttarError(
                        .malformedData,
                        "'\(stream.name)' holds \(first.rows) rows in '\(first.name)' and \(rows) in '\(name)'",
                        remedy: "Give all arrays the same number of rows")
                }
                first = first ?? (name, rows)
                columns += own
                notes += said
            }
        } catch let problem as ZipArchive.Problem {
            throw AttarError(
                .malformedData, "'\(stream.name)' \(problem.text)", remedy: "Save it again with numpy.savez")
        }
        if columns.isEmpty {
            throw AttarError(.malformedData, "'\(stream.name)' holds no arrays", remedy: "Save some with numpy.savez")
        }
        var seen: Set<String> = []
        for column in columns where !seen.insert(column.name).inserted {
            throw AttarError(
                .malformedData, "'\(stream.name)' gives two columns the name '\(column.name)'",
                remedy: "Rename one of its arrays")
        }
        return Dataset(source: stream.name, columns: columns, notes: notes)
    }

    private func columnsOf(
        _ reader: NpyReader, name: String
    ) throws -> (columns: [Column], notes: [ReadingNote]) {
        let prefix = ["X", "x", "data", "features"].contains(name) ? "x" : name
        let isSequence = FeatureEncoder.tokenNames.contains(name)
        let (columns, notes) = try reader.columns(isSequence: isSequence) { $0.map { "\(prefix)\($0)" } ?? name }
        // A vector keeps its own name; only columns of a matrix are counted.
        if columns.count == 1, columns[0].kind != .tensor, prefix == name {
            return ([Column(name, columns[0].storage, wholes: columns[0].wholes)], notes)
        }
        return (columns, notes)
    }
}

extension Column.Storage {
    /// Bytes that the values take, but for texts.
    fileprivate var size: Int {
        switch self {
        case .numeric(let values), .tensor(let values, _): 4 * values.count
        case .categorical(let codes, _): 4 * codes.count
        case .text(let texts): 16 * texts.count
        case .bytes(let values, _): values.count
        }
    }
}
