internal import CKernels

/// Collects one column of a text file while its type is still open.
///
/// A column is read as numbers until a cell is none. Met in the first rows, it goes on as strings; met later, it is put off
/// to a second pass over the file, so that no text is kept for columns that turn out to be numbers.
struct ColumnBuilder {
    /// How the next cell is taken.
    enum Mode {
        /// As a number.
        case numbers
        /// As a string, by its number in a table.
        case strings
        /// Not at all: a second pass reads the column as strings.
        case deferred
        /// As an array of numbers.
        case arrays
        /// Not at all: the column is complete.
        case finished
    }

    /// A cell worth naming in a message.
    struct Sighting {
        var line: Int
        var text: String
        var isPadded = false
    }

    let name: String
    /// The file, for messages.
    let file: String
    /// The type that the caller asked for.
    let declared: Column.Kind?
    private(set) var mode: Mode
    /// Rows collected.
    private(set) var count = 0

    private var numbers: [Float] = []
    private var codes: [Int32] = []
    private var table = StringTable()
    private var arrayLength = 0
    private var firstText: Sighting?
    private var firstInfinite: Sighting?
    private var wasRounded = false
    private var unescaped: [UInt8] = []

    init(_ name: String, file: String, declared: Column.Kind?) {
        self.name = name
        self.file = file
        self.declared = declared
        mode = declared == .categorical || declared == .text ? .strings : .numbers
    }

    /// Makes room for this many rows in all.
    mutating func reserve(_ rows: Int) {
        switch mode {
        case .numbers: numbers.reserveCapacity(rows)
        case .strings: codes.reserveCapacity(rows)
        case .deferred, .arrays, .finished: break
        }
    }

    /// Prepares for the second pass; only columns that were put off take part in it.
    mutating func beginSecondPass() {
        if mode == .deferred {
            mode = .strings
            count = 0
        } else {
            mode = .finished
        }
    }
}

// MARK: - Whole chunks of delimited text

extension ColumnBuilder {
    /// Takes this column's fields of a chunk's records.
    ///
    /// - Parameters:
    ///   - scratch: room for a number a record.
    ///   - line: tells the line in which a record of the chunk starts.
    mutating func append(
        _ bytes: [UInt8], fields: [attar_field], columns: Int, column: Int, rows: Int, scratch: inout [Float],
        line: (Int) -> Int
    ) throws {
        defer { count += rows }
        if mode == .numbers {
            var first = 0
            while mode == .numbers {
                var kind = ATTAR_NUMBER
                let stop = attar_parse_column(
                    bytes, fields, columns, column, first, rows, declared == .numeric, &scratch, &kind, &wasRounded)
                if stop == rows {
                    numbers.append(contentsOf: scratch[0..<rows])
                    return
                }
                let field = fields[stop * columns + column]
                try meet(kind, bytes, Int(field.start), Int(field.length), line: line(stop))
                scratch[stop] = .nan
                first = stop + 1
            }
        }
        guard mode == .strings else { return }
        for row in 0..<rows {
            let field = fields[row * columns + column]
            try appendString(
                bytes, Int(field.start), Int(field.length), isDoubled: field.doubled != 0, line: { line(row) })
        }
    }

    /// Deals with a cell that is no plain number in a column of numbers so far.
    private mutating func meet(
        _ kind: attar_text_kind, _ bytes: [UInt8], _ start: Int, _ length: Int, line: Int
    ) throws {
        let text = String(decoding: bytes[start..<start + min(length, 40)], as: UTF8.self)
        if kind == ATTAR_INFINITE {
            if firstInfinite == nil { firstInfinite = Sighting(line: line, text: text) }
            return
        }
        if declared == .numeric {
            throw AttarError(
                .malformedData, "\(file), line \(line), column '\(name)': '\(text)' is text in a numeric column",
                remedy: "Correct the cell, or leave it empty where the value is missing")
        }
        firstText = Sighting(line: line, text: text, isPadded: kind == ATTAR_PADDED)
        mode = numbers.isEmpty ? .strings : .deferred
        numbers = []
    }

    /// Takes a cell as a string.
    private mutating func appendString(
        _ bytes: [UInt8], _ start: Int, _ length: Int, isDoubled: Bool, line: () -> Int
    ) throws {
        var value: Float = 0
        var rounded = false
        if length < 5 && attar_parse_number(bytes, start, length, &value, &rounded) == ATTAR_MISSING {
            codes.append(-1)
            return
        }
        let code: Int32?
        if isDoubled {
            unescaped.removeAll(keepingCapacity: true)
            var index = start
            while index < start + length {
                unescaped.append(bytes[index])
                index += bytes[index] == UInt8(ascii: "\"") ? 2 : 1
            }
            code = table.intern(unescaped, 0, unescaped.count)
        } else {
            code = table.intern(bytes, start, length)
        }
        guard let code else {
            throw AttarError(
                .malformedData, "\(file), line \(line()), column '\(name)': the text is not UTF-8",
                remedy: "Save the file as UTF-8 text")
        }
        codes.append(code)
    }
}

// MARK: - Cell by cell

extension ColumnBuilder {
    /// Takes a cell without a value.
    mutating func appendMissing(line: Int) throws {
        try appendMissing(1, line: line)
    }

    /// Takes cells without a value.
    mutating func appendMissing(_ rows: Int, line: Int) throws {
        count += rows
        switch mode {
        case .numbers: numbers.append(contentsOf: repeatElement(.nan, count: rows))
        case .strings: codes.append(contentsOf: repeatElement(-1, count: rows))
        case .arrays: throw missingArray(line)
        case .deferred, .finished: break
        }
    }

    /// Takes a number by its text.
    mutating func appendNumber(_ bytes: [UInt8], _ start: Int, _ length: Int, line: Int) throws {
        if mode == .numbers {
            var value: Float = 0
            let kind = attar_parse_number(bytes, start, length, &value, &wasRounded)
            if kind != ATTAR_NUMBER && kind != ATTAR_MISSING {
                try meet(kind, bytes, start, length, line: line)
                value = .nan
            }
            if mode == .numbers {
                numbers.append(value)
                count += 1
                return
            }
        }
        try appendText(bytes, start, length, line: line)
    }

    /// Takes a text.
    mutating func appendText(_ bytes: [UInt8], _ start: Int, _ length: Int, line: Int) throws {
        if mode == .numbers {
            var value: Float = 0
            var rounded = false
            if attar_parse_number(bytes, start, length, &value, &rounded) == ATTAR_MISSING {
                numbers.append(.nan)
                count += 1
                return
            }
            try meet(ATTAR_TEXT, bytes, start, length, line: line)
        }
        count += 1
        switch mode {
        case .strings: try appendString(bytes, start, length, isDoubled: false, line: { line })
        case .arrays: throw missingArray(line)
        case .numbers, .deferred, .finished: break
        }
    }

    /// Takes an array of numbers. All arrays of a column have the same length.
    mutating func appendArray(_ values: [Float], line: Int) throws {
        if mode == .numbers && numbers.isEmpty && count == 0 {
            mode = .arrays
            arrayLength = values.count
        }
        if mode == .finished { return }
        guard mode == .arrays else {
            throw AttarError(
                .malformedData, "\(file), line \(line), column '\(name)': an array stands among single values",
                remedy: "Give every line an array of the same length, or none")
        }
        guard values.count == arrayLength, !values.isEmpty else {
            throw AttarError(
                .malformedData,
                "\(file), line \(line), column '\(name)': an array of \(values.count) numbers follows arrays of \(arrayLength)",
                remedy: "Give every line an array of the same length, of one number at least")
        }
        numbers.append(contentsOf: values)
        count += 1
    }

    private func missingArray(_ line: Int) -> AttarError {
        AttarError(
            .malformedData, "\(file), line \(line), column '\(name)': an array is expected and there is none",
            remedy: "Give every line an array of \(arrayLength) numbers")
    }
}

// MARK: - The finished column

extension ColumnBuilder {
    /// At most this many distinct values are categories, whatever the number of rows.
    static let mostCategories = 1000
    /// This many distinct values are categories where any of them repeats; more have to repeat ten times on average.
    static let alwaysCategories = 32

    /// The column and what is to be said about it.
    ///
    /// - Throws: `AttarError` (`malformedData`) for an infinite or enormous value in a numeric column.
    func finished() throws -> (column: Column, notes: [ReadingNote]) {
        // Arrays are complete after the first pass, whatever the second one reads.
        if arrayLength > 0 { return (Column(name, .tensor(numbers, shape: [arrayLength])), []) }
        guard table.count > 0 || !codes.isEmpty else { return try finishedNumbers() }
        let present = codes.count { $0 >= 0 }
        let isCategorical =
            switch declared {
            case .categorical: true
            case .text: false
            default:
                table.count <= Self.alwaysCategories
                    ? table.count < max(2, present)
                    : table.count <= Self.mostCategories && table.count * 10 <= present
            }
        let column =
            isCategorical
            ? Column.categorical(name, codes: codes, names: (0..<table.count).map { table[$0] })
            : Column(name, .text(codes.map { $0 < 0 ? "" : table[Int($0)] }))
        return (column, notes(present: present, kind: column.kind))
    }

    private func finishedNumbers() throws -> (column: Column, notes: [ReadingNote]) {
        if let firstInfinite {
            throw AttarError(
                .malformedData,
                "\(file), line \(firstInfinite.line), column '\(name)': '\(firstInfinite.text)' is infinite or beyond 3.4e38",
                remedy: "Leave the cell empty where the value is missing, or give the column in another unit")
        }
        return (
            Column(name, .numeric(numbers)),
            wasRounded ? [ReadingNote(column: name, ColumnBuilder.roundingNote(name))] : []
        )
    }

    /// What is said about whole numbers that a float cannot hold.
    static func roundingNote(_ name: String) -> String {
        "Column '\(name)' holds whole numbers above 16,777,216, which are rounded to 24 bits; an identifier is no feature"
    }

    /// A note where most values are numbers and the column became text for a few others.
    private func notes(present: Int, kind: Column.Kind) -> [ReadingNote] {
        guard declared == nil, let firstText else { return [] }
        if firstText.isPadded {
            return [
                ReadingNote(
                    column: name,
                    "Column '\(name)' is read as \(kind.rawValue): '\(firstText.text)' in line \(firstText.line) has leading zeros, as codes have"
                )
            ]
        }
        let areNumbers = (0..<table.count).map { table.isNumber($0) }
        let numberRows = codes.count { $0 >= 0 && areNumbers[Int($0)] }
        guard numberRows * 2 >= present else { return [] }
        return [
            ReadingNote(
                column: name,
                "Column '\(name)' is read as \(kind.rawValue) although \(numberRows) of its \(present) values are numbers: line \(firstText.line) holds '\(firstText.text)'"
            )
        ]
    }
}
