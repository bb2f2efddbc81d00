/// Reads JSON Lines: one flat object a line. A name that a line lacks is a missing value; a name that appears late was
/// missing before.
struct JSONLinesReader {
    private let stream: ByteStream
    private let options: ReadingOptions
    private let progress: ProgressHandler

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
        var columns: [Column] = []
        var notes: [ReadingNote] = []
        for builder in builders {
            let (column, said) = try builder.finished()
            columns.append(column)
            notes += said
        }
        // With as many lines as rows none is blank.
        return Dataset(source: stream.name, columns: columns, notes: notes, firstLine: line == rows ? 1 : nil)
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
        var scanner = JSONLineScanner(bytes, range)
        var expected = 0
        do {
            try scanner.members { key, value in
                let position = try position(of: key, bytes, expected: expected)
                expected = position + 1
                try append(value, bytes, to: position)
            }
        } catch let problem as JSONLineScanner.Problem {
            throw AttarError(
                .malformedData, "\(stream.name), line \(line): \(problem.text)",
                remedy: "Write one flat JSON object a line, in UTF-8")
        }
        rows += 1
        for index in builders.indices where builders[index].count < rows && builders[index].mode != .finished {
            try builders[index].appendMissing(rows - builders[index].count, line: line)
        }
    }

    /// The column of a name; most lines have the same names in the same order, so the expected one is compared first.
    private mutating func position(of key: JSONLineScanner.Cell, _ bytes: [UInt8], expected: Int) throws -> Int {
        let name: String
        switch key {
        case .plain(let range):
            if expected < builders.count, builders[expected].name.utf8.elementsEqual(bytes[range]) { return expected }
            guard let text = String(validating: bytes[range], as: UTF8.self) else {
                throw JSONLineScanner.Problem(text: "a name is not UTF-8")
            }
            name = text
        case .text(let text): name = text
        default: throw JSONLineScanner.Problem(text: "a name is missing")
        }
        if let position = positions[name] { return position }
        var builder = ColumnBuilder(name, file: stream.name, declared: options.types[name])
        if rows > 0 { try builder.appendMissing(rows, line: line) }
        positions[name] = builders.count
        builders.append(builder)
        return builders.count - 1
    }

    private mutating func append(_ value: JSONLineScanner.Cell, _ bytes: [UInt8], to position: Int) throws {
        if builders[position].mode == .finished { return }
        if builders[position].count > rows {
            throw JSONLineScanner.Problem(text: "'\(builders[position].name)' stands there twice")
        }
        switch value {
        case .number(let range):
            try builders[position].appendNumber(bytes, range.lowerBound, range.count, line: line)
        case .plain(let range):
            try builders[position].appendText(bytes, range.lowerBound, range.count, line: line)
        case .text(let text):
            let decoded = Array(text.utf8)
            try builders[position].appendText(decoded, 0, decoded.count, line: line)
        case .bool(let value):
            let text = Array((value ? "true" : "false").utf8)
            try builders[position].appendText(text, 0, text.count, line: line)
        case .null: try builders[position].appendMissing(line: line)
        case .array(let values): try builders[position].appendArray(values, line: line)
        }
    }
}
