/// Reads JSON Lines: one flat object a line. A name that a line lacks is a missing value; a name that appears late was
/// missing before.
struct JSONLinesReader {
    private let stream: ByteStream
    private let options: ReadingOptions
    private let progress: ProgressHandler

    private let document = JSONDocument(allowing: .nonFiniteNumbers)
    private var builders: [ColumnBuilder] = []
    /// Where each column stands, by name.
    private var positions: [String: Int] = [:]
    private var rows = 0
    private var line = 0

    init(_ stream: ByteStream, options: ReadingOptions, progress: @escaping ProgressHandler) {
        self.stream = stream
        self.options = options
        self.progress = progress
    }

    /// Reads everything.
    mutating func read() throws -> Dataset {
        try readLines()
        if rows == 0 {
            throw AttarError(
                .malformedData, "'\(stream.name)' \(stream.size == 0 ? "is empty" : "holds nothing but blank lines")",
                remedy: "Give a file with one JSON object a line")
        }
        if builders.isEmpty {
            throw AttarError(
                .malformedData, "The objects of '\(stream.name)' have no members", remedy: "Give each value a name")
        }
        if builders.contains(where: { $0.mode == .deferred }) {
            for index in builders.indices { builders[index].beginSecondPass() }
            let before = rows
            (rows, line) = (0, 0)
            try stream.rewind()
            try readLines()
            if rows != before {
                throw AttarError(
                    .unreadableFile, "'\(stream.name)' changed while it was read", remedy: "Read it when it is at rest")
            }
        }
        var trace = options.trace
        trace.unused = options.unused.intersection(builders.map(\.name))
        let built = try BuiltColumns(
            &builders, asked: options.decimal, found: nil, usual: .point, source: stream.name)
        // With as many lines as rows none is blank.
        return Dataset(
            source: stream.name, columns: built.columns, notes: built.notes, firstLine: line == rows ? 1 : nil,
            reading: trace)
    }

    private mutating func readLines() throws {
        var buffer = stream.buffer()
        var (first, last) = (0, 0)
        var isComplete = false
        while !isComplete {
            if first == 0 && last == buffer.count {
                buffer.append(contentsOf: repeatElement(0, count: buffer.count))
            } else if first > 0 {
                for index in first..<last { buffer[index - first] = buffer[index] }
                (first, last) = (0, last - first)
            }
            last += try stream.read(into: &buffer, at: last)
            isComplete = last < buffer.count
            if line == 0 && last >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF { first = 3 }
            while first < last {
                var end = first
                while end < last && buffer[end] != 10 { end += 1 }
                if end == last && !isComplete { break }
                line += 1
                try readLine(buffer, first..<end)
                first = min(end + 1, last)
            }
            try report(
                RunProgress(
                    phase: "reading \(stream.name)", completed: min(stream.position, stream.size), total: stream.size,
                    unit: "bytes"), to: progress)
        }
    }

    private mutating func readLine(_ bytes: [UInt8], _ range: Range<Int>) throws {
        guard bytes[range].contains(where: { $0 > 32 }) else { return }
        var expected = 0
        do {
            try document.read(bytes, range) { line in
                guard line.kind == .object else { throw JSONFault(text: "the line is not a JSON object") }
                try line.forEachMember { name, value in
                    let position = try position(of: name, bytes, expected: expected)
                    expected = position + 1
                    try append(value, bytes, to: position)
                }
            }
        } catch let fault as JSONFault {
            throw AttarError(
                .malformedData, "\(stream.name), line \(line): \(fault.text)",
                remedy: "Write one flat JSON object a line, in UTF-8")
        }
        rows += 1
        for index in builders.indices where builders[index].count < rows && builders[index].mode != .finished {
            try builders[index].appendMissing(rows - builders[index].count, line: line)
        }
    }

    /// The column of a name; most lines have the same names in the same order, so the expected one is compared first.
    private mutating func position(of key: JSONDocument.Value, _ bytes: [UInt8], expected: Int) throws -> Int {
        if expected < builders.count, key.is(builders[expected].name) { return expected }
        let name = try key.requiredString()
        if let position = positions[name] { return position }
        var builder = ColumnBuilder(name, file: stream.name, options: options)
        if rows > 0 { try builder.appendMissing(rows, line: line) }
        positions[name] = builders.count
        builders.append(builder)
        return builders.count - 1
    }

    private mutating func append(_ value: JSONDocument.Value, _ bytes: [UInt8], to position: Int) throws {
        if builders[position].mode == .finished { return }
        // Names whose bytes differ may be the same text: é is written in two ways.
        if builders[position].count > rows {
            throw JSONFault(text: "the name '\(builders[position].name)' stands there twice")
        }
        switch value.kind {
        case .number:
            try builders[position].appendNumber(bytes, value.range.lowerBound, value.range.count, line: line)
        case .string where !value.isPlainString:
            let decoded = value.utf8 ?? []
            try builders[position].appendText(decoded, 0, decoded.count, line: line)
        // True and false are texts.
        case .string, .bool:
            try builders[position].appendText(bytes, value.range.lowerBound, value.range.count, line: line)
        case .null: try builders[position].appendMissing(line: line)
        case .array: try builders[position].appendArray(try Self.numbers(of: value), line: line)
        case .object:
            throw JSONFault(
                text: "a value is an object; only numbers, texts, true, false, null and arrays of numbers are read")
        }
    }

    private static func numbers(of array: JSONDocument.Value) throws -> [Float] {
        var numbers: [Float] = []
        if array.append(to: &numbers), !numbers.contains(where: \.isInfinite) { return numbers }
        numbers.removeAll()
        try array.forEachElement { element in
            switch element.kind {
            case .number, .null:
                let number = try element.requiredNumber()
                guard !number.isInfinite else {
                    throw JSONFault(text: "'\(element.written.prefix(40))' is infinite or beyond 3.4e38")
                }
                numbers.append(number)
            case .array: throw JSONFault(text: "an array holds an array; only arrays of numbers are read")
            default: throw JSONFault(text: "an array holds something else than numbers")
            }
        }
        return numbers
    }
}
