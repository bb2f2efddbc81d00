internal import CKernels

/// Reads delimited text (RFC 4180 with LF or CRLF, a byte order mark, blanks around fields, blank lines) into typed columns.
///
/// The text passes through one buffer of a megabyte; only numbers and numbered strings are kept.
struct CSVReader {
    let stream: ByteStream
    let options: ReadingOptions
    private let progress: ProgressHandler

    var buffer: [UInt8]
    /// The buffer's bytes that are not yet cut into records.
    var first = 0
    var last = 0
    var isComplete = false
    /// Lines before `first`.
    var lines = 0
    /// The line of the first record, as long as every record so far stood on a line of its own.
    private var firstLine: Int?
    var delimiter = UInt8(ascii: ",")

    init(_ stream: ByteStream, options: ReadingOptions, progress: @escaping ProgressHandler) {
        self.stream = stream
        self.options = options
        self.progress = progress
        buffer = stream.buffer()
    }

    /// Reads everything.
    mutating func read() throws -> Dataset {
        let header = try readHeader()
        let hasHeader = header.isThere
        var trace = options.trace
        trace.unused = options.unused.intersection(header.names)
        trace.unnamed = Set(header.notes.compactMap(\.column) + (header.beginsWithIndex ? [header.names[0]] : []))
        let comma = options.decimal == nil ? sightedComma(header.names) : nil
        let decimal = options.decimal ?? (comma == nil ? .point : .comma)
        var builders = header.names.map {
            ColumnBuilder(
                $0, file: stream.name, options: options, decimal: decimal, numbersAreTexts: true)
        }
        let rows = try readRecords(into: &builders)
        if rows == 0 {
            throw AttarError(
                .malformedData, "'\(stream.name)' has a header and no rows", remedy: "Add at least one row of values")
        }
        if builders.contains(where: { $0.mode == .deferred }) {
            for index in builders.indices { builders[index].beginSecondPass() }
            try stream.rewind()
            (first, last, lines, isComplete) = (0, 0, 0, false)
            try fill()
            try skipByteOrderMark()
            if hasHeader { skip(to: try cutHeader().end) }
            if try readRecords(into: &builders) != rows {
                throw AttarError(
                    .unreadableFile, "'\(stream.name)' changed while it was read", remedy: "Read it when it is at rest")
            }
        }
        let built = try BuiltColumns(
            &builders, asked: options.decimal, found: comma,
            usual: delimiter == UInt8(ascii: ";") ? .comma : .point, source: stream.name)
        let (columns, notes) = header.withoutIndex(built.columns, options: options)
        return Dataset(
            source: stream.name, columns: columns, notes: header.notes + built.notes + notes, firstLine: firstLine,
            reading: trace)
    }
}

// MARK: - Records

extension CSVReader {
    /// Feeds all records to the builders and returns how many there were.
    private mutating func readRecords(into builders: inout [ColumnBuilder]) throws -> Int {
        let columns = builders.count
        var fields = [attar_field](repeating: attar_field(), count: max(columns, min(1 << 17, buffer.count)))
        var scratch = [Float](repeating: 0, count: fields.count / columns + 1)
        var rows = 0
        var reserved = 0
        while true {
            let cut = attar_cut_records(
                buffer, first, last, delimiter, isComplete, columns, &fields, fields.count)
            if cut.rows > 0 {
                if rows + cut.rows > reserved {
                    reserved = rowsExpected(after: rows + cut.rows, consumed: cut.consumed)
                    for index in builders.indices { builders[index].reserve(reserved) }
                }
                let (start, before) = (first, lines)
                for column in builders.indices {
                    try builders[column].append(
                        buffer, fields: fields, columns: columns, column: column, rows: cut.rows, scratch: &scratch,
                        within: start..<last, delimiter: delimiter,
                        line: { row in
                            before + 1 + attar_count_byte(buffer, start, Int(fields[row * columns].start), 10)
                        })
                }
                func line(_ row: Int) -> Int {
                    before + 1 + attar_count_byte(buffer, start, Int(fields[row * columns].start), 10)
                }
                if rows == 0 { firstLine = line(0) }
                if firstLine.map({ $0 + rows + cut.rows - 1 != line(cut.rows - 1) }) ?? false { firstLine = nil }
                rows += cut.rows
            }
            skip(to: cut.consumed)
            switch cut.status {
            case ATTAR_CUT_FULL: continue
            case ATTAR_CUT_MORE:
                if isComplete { return rows }
                try fill()
                let answer = RunProgress(
                    phase: "reading \(stream.name)", completed: min(stream.position, stream.size), total: stream.size,
                    unit: "bytes")
                try report(answer, to: progress)
            default:
                let line = lines + 1 + attar_count_byte(buffer, first, cut.offset, 10)
                throw malformed(cut, line: line, columns: columns)
            }
        }
    }

    /// The number of rows that the stream will have in all, from what was read of it so far.
    private func rowsExpected(after rows: Int, consumed: Int) -> Int {
        if isComplete && consumed == last { return rows }
        let read = max(1, stream.position - (stream.isPacked ? 0 : last - consumed))
        return rows + Int(Double(rows) * 1.02 * Double(max(0, stream.size - read)) / Double(read)) + 64
    }

    /// Moves what is left to the front of the buffer and fills the rest; a record longer than the buffer enlarges it.
    mutating func fill() throws {
        if first == 0 && last == buffer.count {
            guard buffer.count < 1 << 30 else {
                throw AttarError(
                    .malformedData, "\(stream.name), line \(lines + 1): the record is longer than a gigabyte",
                    remedy: "Look for a quote that is never closed")
            }
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        } else if first > 0 {
            for index in first..<last { buffer[index - first] = buffer[index] }
            (first, last) = (0, last - first)
        }
        last += try stream.read(into: &buffer, at: last)
        isComplete = last < buffer.count
    }

    func malformed(_ cut: attar_cut, line: Int, columns: Int) -> AttarError {
        switch cut.status {
        case ATTAR_CUT_RAGGED:
            AttarError(
                .malformedData,
                "\(stream.name), line \(line): \(cut.found) \(cut.found == 1 ? "field" : "fields") where the header has \(columns)",
                remedy:
                    "Give every line the header's fields, and put quotes around values that hold a '\(shownDelimiter)'")
        case ATTAR_CUT_QUOTE:
            AttarError(
                .malformedData, "\(stream.name), line \(line): text stands after a closing quote",
                remedy: "Double the quotes inside a quoted value")
        default:
            AttarError(
                .malformedData, "\(stream.name), line \(line): a quote is opened and never closed",
                remedy: "Close it, or double it where it belongs to the value")
        }
    }

    private var shownDelimiter: String { delimiter == 9 ? "tab" : String(UnicodeScalar(delimiter)) }
}
