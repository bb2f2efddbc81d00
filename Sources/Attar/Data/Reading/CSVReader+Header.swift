internal import CKernels

extension CSVReader {
    /// The columns' names, and whether the first line holds them.
    mutating func readHeader() throws -> CSVHeader {
        try fill()
        if last == 0 {
            throw AttarError(.malformedData, "'\(stream.name)' is empty", remedy: "Give a file with a header and rows")
        }
        try skipByteOrderMark()
        try refuseBinary()
        delimiter = try sniffedDelimiter()
        let (cells, end) = try cutHeader()
        var notes: [ReadingNote] = []
        switch options.hasHeader {
        case true?: break
        case false?: return CSVHeader(names: cells.indices.map { "x\($0)" }, isThere: false)
        case nil where countsColumns(cells, end):
            notes.append(
                ReadingNote(
                    "The first line of \(stream.name) counts its columns and is taken for their names (--header no reads it as a row)"
                ))
        case nil where cells.allSatisfy(Self.isNumber):
            return CSVHeader(
                names: cells.indices.map { "x\($0)" },
                notes: [
                    ReadingNote(
                        "The first line of \(stream.name) is all numbers and is read as a row; the columns are called x0, x1, … (--header yes takes it for their names)"
                    )
                ], isThere: false)
        case nil: break
        }
        skip(to: end)
        return try named(cells, notes)
    }

    /// The header with a name for each column.
    private func named(_ cells: [String], _ notes: [ReadingNote]) throws -> CSVHeader {
        var header = CSVHeader(names: [], notes: notes)
        let taken = Set(cells)
        for (index, cell) in cells.enumerated() {
            var name = cell
            if name.isEmpty {
                name = "x\(index)"
                while taken.contains(name) { name += "_" }
                if index > 0 {
                    header.notes.append(
                        ReadingNote(
                            column: name,
                            "Column \(index + 1) of \(stream.name) has no name and is called '\(name)' (--column '\(name)=unused' leaves it out)"
                        ))
                }
            }
            header.names.append(name)
        }
        header.beginsWithIndex = cells[0].isEmpty || cells[0] == "Unnamed: 0"
        var seen: [String: Int] = [:]
        for (index, name) in header.names.enumerated() {
            if let other = seen.updateValue(index, forKey: name) {
                throw AttarError(
                    .malformedData, "'\(stream.name)' names both column \(other + 1) and column \(index + 1) '\(name)'",
                    remedy: "Give every column a name of its own")
            }
        }
        return header
    }

    /// Whether a first line is 0, 1, 2, …, as pandas writes it for columns without names. Of one or two columns the next line has to look otherwise.
    private func countsColumns(_ cells: [String], _ end: Int) -> Bool {
        guard cells == cells.indices.map(String.init) else { return false }
        if cells.count > 2 { return true }
        var fields = [attar_field](repeating: attar_field(), count: cells.count)
        let cut = attar_cut_records(buffer, end, last, delimiter, isComplete, cells.count, &fields, fields.count)
        guard cut.rows > 0 else { return false }
        return fields.contains { field in
            var number: Int64 = 0
            return !attar_parse_whole(buffer, Int(field.start), Int(field.length), &number)
        }
    }

    /// The cells of the first record, and where it ends.
    mutating func cutHeader() throws -> (cells: [String], end: Int) {
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
    mutating func skip(to position: Int) {
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

    mutating func skipByteOrderMark() throws {
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
}
