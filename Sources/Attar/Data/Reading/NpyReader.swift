internal import CKernels

/// Reads one `.npy` array as columns, in chunks.
struct NpyReader {
    /// What messages call the array: the file, or the file and the array's name in it.
    private let name: String
    /// Gives the next bytes, this many; fewer only at the end.
    private let next: (Int) throws -> [UInt8]
    /// The most bytes that there can be.
    private let limit: Int
    /// Whether there are exactly as many.
    private let isExact: Bool
    /// The most bytes that the columns may take; nil for any number, where they come from a file that is not packed.
    private let most: Int?

    /// Reads a file.
    init(_ stream: ByteStream) {
        name = "'\(stream.name)'"
        limit = stream.isPacked ? Deflate.most(from: stream.size) : stream.size
        isExact = false
        most = stream.isPacked ? UnpackedSize.most(from: stream.size) : nil
        next = { count in
            var bytes = [UInt8](repeating: 0, count: count)
            let read = try stream.read(into: &bytes)
            bytes.removeLast(count - read)
            return bytes
        }
    }

    /// Reads an array of an archive.
    ///
    /// - Parameters:
    ///   - size: the bytes of the array with its header.
    ///   - most: the most bytes that its columns may take.
    ///   - next: gives the next bytes, fewer only at the end.
    init(name: String, size: Int, most: Int, next: @escaping (Int) throws -> [UInt8]) {
        (self.name, limit, isExact, self.most, self.next) = (name, size, true, most, next)
    }

    /// The array as a data set: x0, x1, … for a vector's or a matrix's columns, one tensor column `x` for more dimensions.
    func dataset() throws -> Dataset {
        let source = name.replacing("'", with: "")
        let (columns, notes) = try columns { $0.map { "x\($0)" } ?? "x" }
        return Dataset(source: source, columns: columns, notes: notes)
    }

    /// The array's columns.
    ///
    /// - Parameters:
    ///   - isSequence: whether a matrix's rows are sequences of token ids, which are one column.
    ///   - columnName: gives the name of a matrix's or vector's column by its position, and with nil that of a tensor.
    func columns(
        isSequence: Bool = false, named columnName: (Int?) -> String
    ) throws -> (columns: [Column], notes: [ReadingNote]) {
        let (header, start) = try readHeader()
        guard let rows = header.shape.first else { throw refusal("holds a single number, not rows") }
        if header.count == 0 || rows == 0 {
            throw refusal("holds an array of shape \(shown(header.shape)), without values")
        }
        if header.size > limit {
            throw refusal("is truncated: an array of shape \(shown(header.shape)) is longer than the file")
        }
        guard !isExact || start + header.size == limit else {
            throw refusal(
                "has \(limit - start) bytes for an array of shape \(shown(header.shape)), which takes \(header.size)")
        }
        if let most, max(header.size, Self.memory(header)) > most {
            throw refusal(UnpackedSize.problem, remedy: UnpackedSize.remedy)
        }
        switch header.element {
        case .number(let format, let isSwapped):
            return try readNumbers(
                header, format, isSwapped: isSwapped, rows: rows, isSequence: isSequence, columnName)
        case .text, .bytes:
            guard header.shape.count == 1 else {
                throw refusal("holds texts of shape \(shown(header.shape)); only one column of texts is read")
            }
            return ([try readTexts(header, rows: rows, name: columnName(0))], [])
        }
    }

    /// Bytes that an array takes once it is columns.
    private static func memory(_ header: NpyHeader) -> Int {
        if case .number(ATTAR_UINT8, _) = header.element, header.shape.count > 2 { return header.count }
        return [header.count, 4].checkedProduct ?? .max
    }

    /// The header, and how many bytes it takes.
    private func readHeader() throws -> (NpyHeader, bytes: Int) {
        let start = try next(8)
        guard start.count == 8, start[0..<6].elementsEqual([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) else {
            throw refusal("is no .npy array")
        }
        guard (1...3).contains(start[6]) else {
            throw refusal("is of .npy version \(start[6]), which Attar does not know")
        }
        let lengthBytes = try exactly(start[6] == 1 ? 2 : 4)
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= 1 << 20 else { throw refusal("has a damaged header") }
        do {
            return (
                try NpyHeader(dictionary: String(decoding: try exactly(length), as: UTF8.self)),
                8 + lengthBytes.count + length
            )
        } catch let problem as NpyHeader.Problem {
            throw refusal(problem.text, remedy: problem.remedy)
        }
    }

    private func readNumbers(
        _ header: NpyHeader, _ format: attar_number_format, isSwapped: Bool, rows: Int, isSequence: Bool,
        _ columnName: (Int?) -> String
    ) throws -> (columns: [Column], notes: [ReadingNote]) {
        let width = header.count / rows
        if header.shape.count > 2, format == ATTAR_UINT8, !header.isFortran {
            return (
                [Column(columnName(nil), .bytes(try exactly(header.count), shape: Array(header.shape.dropFirst())))], []
            )
        }
        if header.shape.count > 2 || isSequence && header.shape.count == 2 {
            var (values, wasRounded) = try decoded(header.count, format, isSwapped, header.elementSize)
            if header.isFortran { values = Self.rowMajor(values, shape: header.shape) }
            try refuseInfinite(values, width: width, name: columnName(nil))
            let name = columnName(nil)
            return (
                [Column(name, .tensor(values, shape: Array(header.shape.dropFirst())))],
                wasRounded ? [ReadingNote(column: name, ColumnBuilder.roundingNote(name))] : []
            )
        }
        var columns = [[Float]](repeating: [], count: width)
        var wasRounded = [Bool](repeating: false, count: width)
        var wholes = [WholeNumbers](repeating: WholeNumbers(), count: width)
        if header.isFortran || width == 1 {
            for column in columns.indices {
                (columns[column], wasRounded[column]) = try decoded(
                    rows, format, isSwapped, header.elementSize, wholes: &wholes[column])
            }
        } else {
            for column in columns.indices { columns[column].reserveCapacity(rows) }
            let step = max(1, (1 << 18) / width)
            for first in stride(from: 0, to: rows, by: step) {
                let count = min(step, rows - first)
                let bytes = try exactly(count * width * header.elementSize)
                var values = [Float](repeating: 0, count: count * width)
                let isRounded = attar_decode_numbers(bytes, values.count, format, isSwapped, &values)
                for column in columns.indices {
                    if isRounded { wholes[column].begin(after: columns[column]) }
                    wholes[column].append(
                        bytes, places: stride(from: column, to: values.count, by: width), size: header.elementSize,
                        isSwapped: isSwapped, of: format)
                    for row in 0..<count { columns[column].append(values[row * width + column]) }
                    wasRounded[column] = wasRounded[column] || isRounded && wholes[column].haveLost
                }
            }
        }
        var notes: [ReadingNote] = []
        for column in columns.indices {
            let name = columnName(column)
            try refuseInfinite(columns[column], width: 1, name: name)
            if wasRounded[column] { notes.append(ReadingNote(column: name, ColumnBuilder.roundingNote(name))) }
        }
        return (
            columns.enumerated().map { place, values in
                Column(columnName(place), .numeric(values), wholes: wholes[place].all(rows))
            }, notes
        )
    }

    /// The next numbers as floats, and whether a whole number among them lost digits.
    private func decoded(
        _ count: Int, _ format: attar_number_format, _ isSwapped: Bool, _ size: Int
    ) throws -> (values: [Float], wasRounded: Bool) {
        var unused = WholeNumbers()
        return try decoded(count, format, isSwapped, size, wholes: &unused)
    }

    /// The same, with the whole numbers that floats cannot hold.
    private func decoded(
        _ count: Int, _ format: attar_number_format, _ isSwapped: Bool, _ size: Int, wholes: inout WholeNumbers
    ) throws -> (values: [Float], wasRounded: Bool) {
        var values: [Float] = []
        values.reserveCapacity(count)
        var wasRounded = false
        let step = 1 << 17
        var chunk = [Float](repeating: 0, count: min(step, count))
        for first in stride(from: 0, to: count, by: step) {
            let some = min(step, count - first)
            let bytes = try exactly(some * size)
            if attar_decode_numbers(bytes, some, format, isSwapped, &chunk) { wasRounded = true }
            if wasRounded {
                wholes.begin(after: values)
                wholes.append(
                    bytes, places: stride(from: 0, to: some, by: 1), size: size, isSwapped: isSwapped, of: format)
            }
            values.append(contentsOf: chunk[0..<some])
        }
        return (values, wasRounded)
    }

    private func readTexts(_ header: NpyHeader, rows: Int, name columnName: String) throws -> Column {
        var table = StringTable()
        var codes: [Int32] = []
        for row in 0..<rows {
            let bytes = try exactly(header.elementSize)
            var text: [UInt8] = []
            switch header.element {
            case .text(_, let isSwapped):
                for index in stride(from: 0, to: bytes.count, by: 4) {
                    let parts = isSwapped ? [0, 1, 2, 3] : [3, 2, 1, 0]
                    let value = parts.reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[index + $1]) }
                    if value == 0 { break }
                    guard let scalar = UnicodeScalar(value) else {
                        throw refusal("holds a text in row \(row + 1) that is not Unicode")
                    }
                    text.append(contentsOf: UTF8.encode(scalar) ?? .init())
                }
            case .bytes, .number:
                text = Array(bytes.prefix { $0 != 0 })
            }
            if text.isEmpty {
                codes.append(-1)
            } else if let code = table.intern(text, 0, text.count) {
                codes.append(code)
            } else {
                throw refusal("holds a text in row \(row + 1) that is not UTF-8")
            }
        }
        return .categorical(columnName, codes: codes, names: (0..<table.count).map { table[$0] })
    }

    private func exactly(_ count: Int) throws -> [UInt8] {
        let bytes = try next(count)
        if bytes.count < count { throw refusal("is truncated: the file is shorter than its header says") }
        return bytes
    }

    private func refuseInfinite(_ values: [Float], width: Int, name columnName: String) throws {
        let index = attar_first_infinite(values, values.count)
        if index < values.count {
            throw AttarError(
                .malformedData,
                "\(name), row \(index / width + 1), column '\(columnName)': the value is infinite or beyond 3.4e38",
                remedy: "Write NaN where the value is missing, or give the column in another unit")
        }
    }

    /// Puts a column-major array into row-major order.
    private static func rowMajor(_ values: [Float], shape: [Int]) -> [Float] {
        var sorted: [Float] = []
        sorted.reserveCapacity(values.count)
        var index = [Int](repeating: 0, count: shape.count)
        for _ in values.indices {
            var position = 0
            for axis in shape.indices.reversed() { position = position * shape[axis] + index[axis] }
            sorted.append(values[position])
            var axis = shape.count - 1
            while axis >= 0 {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
                axis -= 1
            }
        }
        return sorted
    }

    private func shown(_ shape: [Int]) -> String { "(\(shape.map(String.init).joined(separator: ", ")))" }

    private func refusal(_ text: String, remedy: String = "Save the array again with numpy.save") -> AttarError {
        AttarError(.malformedData, "\(name) \(text)", remedy: remedy)
    }
}
