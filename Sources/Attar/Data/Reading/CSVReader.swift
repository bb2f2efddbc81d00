internal import CKernels

/// Reads delimited text (RFC 4180 with LF or CRLF, a byte order mark, blanks around fields, blank lines) into typed columns.
///
/// The text passes through one buffer of a megabyte; only numbers and numbered strings are kept.
struct CSVReader {
    private let stream: ByteStream
    private let options: ReadingOptions
    private let progress: ProgressHandler

    private var buffer: [UInt8]
    /// The buffer's bytes that are not yet cut into records.
    private var first = 0
    private var last = 0
    private var isComplete = false
    /// Lines before `first`.
    private var lines = 0
    /// The line of the first record, as long as every record so far stood on a line of its own.
    private var firstLine: Int?
    private var delimiter = UInt8(ascii: ",")

    init(_ stream: ByteStream, options: ReadingOptions, progress: @escaping ProgressHandler) {
        self.stream = stream
        self.options = options
        self.progress = progress
        buffer = stream.buffer()
    }

    /// Reads everything.
    mutating func read() throws -> Dataset {
        var (names, notes, hasHeader) = try readHeader()
        var builders = names.map { ColumnBuilder($0, file: stream.name, declared: options.types[$0]) }
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
        var columns: [Column] = []
        for index in builders.indices {
            let (column, said) = try builders[index].finished()
            columns.append(column)
            notes += said
            // Freed here, so that strings and columns do not stand side by side for the whole table.
            builders[index] = ColumnBuilder("", file: "", declared: nil)
        }
        return Dataset(source: stream.name, columns: columns, notes: notes, firstLine: firstLine)
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
    private mutating func fill() throws {
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

    private func malformed(_ cut: attar_cut, line: Int, columns: Int) -> AttarError {
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

// MARK: - Header

extension CSVReader {
    /// The columns' names, what is to be said about them, and whether the first line was a header at all.
    private mutating func readHeader() throws -> (names: [String], notes: [ReadingNote], hasHeader: Bool) {
        try fill()
        if last == 0 {
            throw AttarError(.malformedData, "'\(stream.name)' is empty", remedy: "Give a file with a header and rows")
        }
        try skipByteOrderMark()
        try refuseBinary()
        delimiter = try sniffedDelimiter()
        let (header, end) = try cutHeader()
        if header.allSatisfy(Self.isNumber) {
            let names = header.indices.map { "x\($0)" }
            return (
                names,
                [ReadingNote("The first line of \(stream.name) is all numbers, so its columns are named x0, x1, …")],
                false
            )
        }
        skip(to: end)
        var names: [String] = []
        var notes: [ReadingNote] = []
        let taken = Set(header)
        for (index, cell) in header.enumerated() {
            var name = cell
            if name.isEmpty {
                name = "x\(index)"
                while taken.contains(name) { name += "_" }
                notes.append(
                    ReadingNote(
                        column: name,
                        "Column \(index + 1) of \(stream.name) has no name and is called '\(name)'; drop it if it only counts rows"
                    ))
            }
            names.append(name)
        }
        var seen: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            if let other = seen.updateValue(index, forKey: name) {
                throw AttarError(
                    .malformedData, "'\(stream.name)' names both column \(other + 1) and column \(index + 1) '\(name)'",
                    remedy: "Give every column a name of its own")
            }
        }
        return (names, notes, true)
    }

    /// The cells of the first record, and where it ends.
    private mutating func cutHeader() throws -> (cells: [String], end: Int) {
        var fields = [attar_field](repeating: attar_field(), count: 1 << 12)
        while true {
            let cut = attar_cut_records(buffer, first, last, delimiter, isComplete, 0, &fields, fields.count)
            if cut.status != ATTAR_CUT_MORE { throw malformed(cut, line: lines + 1, columns: 0) }
            if cut.found > fields.count {
                fields = [attar_field](repeating: attar_field(), count: cut.found)
            } else if cut.rows == 1 {
                return (try (0..<cut.found).map { try headerCell(fields[$0]) }, cut.consumed)
            } else if isComplete {
                throw AttarError(
                    .malformedData, "'\(stream.name)' holds nothing but blank lines",
                    remedy: "Give a file with a header and rows")
            } else {
                try fill()
            }
        }
    }

    /// Leaves everything before a position behind.
    private mutating func skip(to position: Int) {
        lines += attar_count_byte(buffer, first, position, 10)
        first = position
    }

    private func headerCell(_ field: attar_field) throws -> String {
        let bytes = buffer[Int(field.start)..<Int(field.start) + Int(field.length)]
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AttarError(
                .malformedData, "\(stream.name), line \(lines + 1): the header is not UTF-8",
                remedy: "Save the file as UTF-8 text")
        }
        if text.unicodeScalars.contains("\r") {
            throw AttarError(
                .malformedData, "The lines of '\(stream.name)' end in carriage returns alone",
                remedy: "Save the file with line feeds, as LF or CRLF")
        }
        return field.doubled == 0 ? text : text.replacing("\"\"", with: "\"")
    }

    private static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var value: Float = 0
        var rounded = false
        let kind = attar_parse_number(bytes, 0, bytes.count, &value, &rounded)
        return kind == ATTAR_NUMBER || kind == ATTAR_PADDED
    }

    private mutating func skipByteOrderMark() throws {
        if last >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF { first = 3 }
    }

    private func refuseBinary() throws {
        let isWide = last >= 2 && (buffer[0] == 0xFF && buffer[1] == 0xFE || buffer[0] == 0xFE && buffer[1] == 0xFF)
        if isWide {
            throw AttarError(.malformedData, "'\(stream.name)' is UTF-16 text", remedy: "Save the file as UTF-8 text")
        }
        if attar_count_byte(buffer, first, last, 0) > 0 {
            throw AttarError(
                .malformedData, "'\(stream.name)' is binary, not text", remedy: "Give a CSV file in UTF-8")
        }
    }

    /// The delimiter asked for, or the one that the first line has most of, outside quotes; a comma where it has none.
    private func sniffedDelimiter() throws -> UInt8 {
        if let asked = options.delimiter {
            guard let byte = asked.asciiValue, ![10, 13, 34, 0].contains(byte) else {
                throw AttarError(
                    .invalidSetting, "'\(asked)' cannot stand between fields", remedy: "Use a comma, semicolon or tab")
            }
            return byte
        }
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9]
        var counts = [0, 0, 0]
        var isQuoted = false
        var hasText = false
        for index in first..<last {
            let byte = buffer[index]
            if byte == 10 && !isQuoted && hasText { break }
            if byte > 32 { hasText = true }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
        }
        let most = counts.max() ?? 0
        return candidates[counts.firstIndex(of: most) ?? 0]
    }
}
