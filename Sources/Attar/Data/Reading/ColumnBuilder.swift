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
    /// How the values are known to be written.
    let known: Notation?
    /// Whether the caller wants the column left out.
    let isUnused: Bool
    /// What stands before fractions: a point or a comma.
    private let point: UInt8
    var mode: Mode
    /// Rows collected.
    var count = 0

    var numbers: [Float] = []
    var wholes = WholeNumbers()
    var codes: [Int32] = []
    var table = StringTable()
    var arrayLength = 0
    private(set) var firstText: Sighting?
    private(set) var firstInfinite: Sighting?
    /// Whether whole numbers lost digits.
    var wasRounded = false
    private var unescaped: [UInt8] = []
    /// The texts that stand for themselves.
    let literals: Set<[UInt8]>

    /// A column of a file.
    ///
    /// - Parameters:
    ///   - decimal: what stands before fractions.
    ///   - numbersAreTexts: whether numbers stand there as texts, as in CSV, and not as what they are, as in JSON.
    init(
        _ name: String, file: String, options: ReadingOptions, decimal: NumberNotation.Decimal = .point,
        numbersAreTexts: Bool = false
    ) {
        self.name = name
        self.file = file
        declared = options.type(of: name)
        literals = Set(options.literals[name, default: []].map { Array($0.utf8) })
        known = options.notations[name]
        isUnused = options.unused.contains(name)
        point = UInt8(ascii: decimal == .point ? "." : ",")
        // Signs of percent show in texts only, and so do points that part thousands.
        let numbers = known?.numbers
        let hasThousands = numbersAreTexts && decimal == .point && numbers?.decimal == .comma
        let areTexts =
            [.categorical, .text, .date].contains(declared) || numbers?.isPercent ?? false || hasThousands
        mode = isUnused ? .finished : areTexts ? .strings : .numbers
    }

    /// The mark before fractions with which whole chunks are read.
    var decimal: NumberNotation.Decimal { point == UInt8(ascii: ",") ? .comma : .point }

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
    ///   - extent: the bytes that are part of the file.
    ///   - delimiter: what stands between fields.
    ///   - line: tells the line in which a record of the chunk starts.
    mutating func append(
        _ bytes: [UInt8], fields: [attar_field], columns: Int, column: Int, rows: Int, scratch: inout [Float],
        within extent: Range<Int>, delimiter: UInt8, line: (Int) -> Int
    ) throws {
        defer { count += rows }
        if mode == .numbers {
            var first = 0
            while mode == .numbers {
                var kind = ATTAR_NUMBER
                let stop = attar_parse_column(
                    bytes, fields, columns, column, first, rows, point, declared == .numeric, &scratch, &kind,
                    &wasRounded)
                if stop == rows {
                    if wasRounded {
                        wholes.begin(after: numbers)
                        wholes.append(bytes, fields, columns: columns, column: column, rows: rows)
                    }
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
            if !literals.isEmpty, field.doubled == 0,
                let code = literal(bytes, Self.whole(field, of: bytes, within: extent, delimiter: delimiter))
            {
                codes.append(code)
                continue
            }
            try appendString(
                bytes, Int(field.start), Int(field.length), isDoubled: field.doubled != 0, line: { line(row) })
        }
    }

    /// Deals with a cell that is no plain number in a column of numbers so far.
    mutating func meet(
        _ kind: attar_text_kind, _ bytes: [UInt8], _ start: Int, _ length: Int, line: Int
    ) throws {
        let text = String(decoding: bytes[start..<start + min(length, 40)], as: UTF8.self)
        if kind == ATTAR_INFINITE {
            if firstInfinite == nil { firstInfinite = Sighting(line: line, text: text) }
            return
        }
        if declared == .numeric, !Self.canBeNumber(text) { throw noNumber(text, line: line) }
        firstText = Sighting(line: line, text: text, isPadded: kind == ATTAR_PADDED)
        mode = numbers.isEmpty ? .strings : .deferred
        numbers = []
        wholes = WholeNumbers()
    }

    /// Whether a text is a number in some notation, or a word that stands for 1 or 0.
    private static func canBeNumber(_ text: String) -> Bool {
        NumberText(text) != nil || TruthWord.value(of: text) != nil
    }

    func noNumber(_ text: String, line: Int) -> AttarError {
        AttarError(
            .malformedData, "\(file), line \(line), column '\(name)': '\(text)' is text in a numeric column",
            remedy: "Correct the cell, or leave it empty where the value is missing")
    }

    /// A field with the blanks around it; what stands in quotes has none.
    private static func whole(
        _ field: attar_field, of bytes: [UInt8], within extent: Range<Int>, delimiter: UInt8
    ) -> Range<Int> {
        var (start, end) = (Int(field.start), Int(field.start) + Int(field.length))
        func isBlank(_ place: Int) -> Bool {
            bytes[place] == 32 || (bytes[place] == 9 && delimiter != 9)
        }
        if start > extent.lowerBound, end < extent.upperBound, bytes[start - 1] == 34, bytes[end] == 34 {
            return start..<end
        }
        while start > extent.lowerBound, isBlank(start - 1) { start -= 1 }
        while end < extent.upperBound, isBlank(end) { end += 1 }
        return start..<end
    }

    /// The number of a text that stands for itself; nil for any other.
    mutating func literal(_ bytes: [UInt8], _ range: Range<Int>) -> Int32? {
        guard literals.contains(Array(bytes[range])) else { return nil }
        return table.intern(bytes, range.lowerBound, range.count)
    }

    /// Takes a cell as a string.
    mutating func appendString(
        _ bytes: [UInt8], _ start: Int, _ length: Int, isDoubled: Bool, line: () -> Int
    ) throws {
        var value: Float = 0
        var rounded = false
        if length < 5 && attar_parse_number(bytes, start, length, &value, &rounded) == ATTAR_MISSING {
            codes.append(-1)
            return
        }
        let before = table.count
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
        if declared == .numeric, table.count > before {
            let text = table[before]
            if !Self.canBeNumber(text) { throw noNumber(String(text.prefix(40)), line: line()) }
        }
        codes.append(code)
    }
}
