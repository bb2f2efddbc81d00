internal import CKernels

/// The rows of a data set as questions to a model: its tensors for some rows at a time.
struct ONNXQuestions: Sendable {
    /// A column's values where an input's filling looks for them.
    private enum Source: Sendable {
        case numbers([[Float]], names: [String])
        case texts([[String]])
        case floats([Float], axes: [Int]?, own: [Int], shape: [Int])
        case bytes([UInt8], axes: [Int]?, own: [Int], shape: [Int])
        case tokens(ONNXTokens.Part)
    }

    /// The rows in the order in which they are asked: their positions in the data set.
    let order: [Int]
    private let rows: Dataset
    private let inputs: ONNXInputs
    private let sources: [Source]
    private let sequences: ONNXTokens.Sequences?

    /// Finds the columns.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`, `unusableTeacher`) naming the column that is missing or does not fit.
    init(_ inputs: ONNXInputs, rows: Dataset) throws {
        self.inputs = inputs
        self.rows = rows
        sequences = try inputs.tokens?.sequences(of: rows, name: inputs.name)
        order = sequences?.order ?? Array(0..<rows.count)
        sources = try inputs.fillings.map { port, filling in
            switch filling {
            case .numbers(let names):
                return .numbers(try names.map { try Self.numbers($0, of: rows, for: port, inputs.name) }, names: names)
            case .texts(let names):
                return .texts(try names.map { try Self.texts(of: Self.column($0, of: rows, inputs.name)) })
            case .arrays(let name, let axes, let shape):
                let column = try Self.column(name, of: rows, inputs.name)
                switch column.storage {
                case .tensor(let values, let own) where own.reduce(1, *) == shape.reduce(1, *):
                    return .floats(values, axes: axes, own: own, shape: shape)
                case .bytes(let values, let own) where own.reduce(1, *) == shape.reduce(1, *):
                    return .bytes(values, axes: axes, own: own, shape: shape)
                default:
                    throw AttarError(
                        .schemaMismatch,
                        "the column '\(name)' of \(rows.source) holds no arrays of the size that the teacher \(inputs.name) was opened with",
                        remedy: "Give the same columns for all rows")
                }
            case .tokens(let part): return .tokens(part)
            }
        }
    }

    /// The places of `order` that are asked about together, question by question.
    ///
    /// - Parameter batch: rows in a question; nil for as many as have about 4,096 tokens, so that what each layer makes of them stays in the cache.
    func parts(batch: Int?) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        while start < order.count {
            let length = max(1, sequences?.counts[order[start]] ?? 1)
            let size = batch ?? max(8, min(1024, 4096 / length))
            parts.append(start..<min(order.count, start + size))
            start += size
        }
        return parts
    }

    /// The tensors for the rows at some places of `order`, and which elements of its sequences count, where it takes sequences.
    ///
    /// - Parameter padding: how many times the last row is repeated, to fill a batch of a fixed size.
    /// - Throws: `AttarError` (`unusableTeacher`) naming row and column of a value that the input cannot hold.
    func tensors(_ places: Range<Int>, padding: Int = 0) throws -> [String: ONNXTensor] {
        var positions = order[places]
        if padding > 0, let last = positions.last { positions += Array(repeating: last, count: padding) }
        var tensors: [String: ONNXTensor] = [:]
        for ((port, _), source) in zip(inputs.fillings, sources) {
            tensors[port.name] = try tensor(source, for: port, positions)
        }
        return tensors
    }

    private func tensor(_ source: Source, for port: ONNXPort, _ positions: ArraySlice<Int>) throws -> ONNXTensor {
        switch source {
        case .numbers(let columns, let names):
            let width = columns.count
            let block = Self.block(columns, positions)
            let shape = [positions.count] + Self.lengths(of: port, width: width)
            return try encoded(block, shape: shape, for: port) { place in
                (positions[positions.startIndex + place / width], names[place % width])
            }
        case .texts(let columns):
            let shape = [positions.count] + Self.lengths(of: port, width: columns.count)
            return ONNXTensor(shape: shape, .string(positions.flatMap { row in columns.map { $0[row] } }))
        case .floats(let values, let axes, let own, let shape):
            let stride = own.reduce(1, *)
            var block: [Float] = []
            block.reserveCapacity(positions.count * stride)
            for row in positions { block += values[row * stride..<(row + 1) * stride] }
            return try arrays(block, axes, own, [positions.count] + shape, port, positions)
        case .bytes(let values, let axes, let own, let shape):
            let stride = own.reduce(1, *)
            if port.element == .uint8, axes == nil {
                var block: [UInt8] = []
                block.reserveCapacity(positions.count * stride)
                for row in positions { block += values[row * stride..<(row + 1) * stride] }
                return ONNXTensor(shape: [positions.count] + shape, .uint8(block))
            }
            var block = [Float](repeating: 0, count: positions.count * stride)
            for (place, row) in positions.enumerated() {
                block.withUnsafeMutableBufferPointer {
                    attar_widen_bytes(values, row * stride, stride, $0.baseAddress! + place * stride)
                }
            }
            return try arrays(block, axes, own, [positions.count] + shape, port, positions)
        case .tokens(let part):
            guard let tokens = inputs.tokens, let sequences else { preconditionFailure("sequences come with tokens") }
            let (block, length) = tokens.block(part, of: sequences, rows: positions)
            return try encoded(block, shape: [positions.count, length], for: port) { place in
                (positions[positions.startIndex + place / length], tokens.column)
            }
        }
    }

    /// Arrays with their dimensions in the input's order.
    private func arrays(
        _ block: [Float], _ axes: [Int]?, _ own: [Int], _ shape: [Int], _ port: ONNXPort, _ positions: ArraySlice<Int>
    ) throws -> ONNXTensor {
        let stride = own.reduce(1, *)
        var values = block
        if let axes {
            let strides = own.indices.map { own[($0 + 1)...].reduce(1, *) }
            let lengths = axes.map { own[$0] } + [1]
            let steps = axes.map { strides[$0] } + [1]
            var permutation = attar_permutation(
                lengths: (lengths[0], lengths[1], lengths[2], lengths[3]),
                strides: (steps[0], steps[1], steps[2], steps[3]))
            attar_permute(&permutation, block, &values, positions.count)
        }
        return try encoded(values, shape: shape, for: port) { place in
            (positions[positions.startIndex + place / stride], "")
        }
    }

    /// Columns side by side, (positions.count, columns.count). Rows that follow each other are placed in blocks that stay in the cache.
    private static func block(_ columns: [[Float]], _ positions: ArraySlice<Int>) -> [Float] {
        let (count, width) = (positions.count, columns.count)
        guard let first = positions.first, let last = positions.last else { return [] }
        return [Float](unsafeUninitializedCapacity: count * width) { buffer, initialized in
            initialized = count * width
            guard let start = buffer.baseAddress else { return }
            if last - first + 1 == count {
                let side = max(16, (1 << 12) / max(1, width))
                for top in stride(from: 0, to: count, by: side) {
                    for (offset, values) in columns.enumerated() {
                        attar_place_column(
                            values, first + top, first + min(count, top + side), start + top * width, width, offset)
                    }
                }
            } else {
                for (place, row) in positions.enumerated() {
                    for (offset, values) in columns.enumerated() { buffer[place * width + offset] = values[row] }
                }
            }
        }
    }

    /// The lengths behind the batch: as the model has them, else one of the width.
    private static func lengths(of port: ONNXPort, width: Int) -> [Int] {
        if port.shape.count == 1 { return [] }
        let own = port.shape.dropFirst()
        return own.isEmpty || own.contains(nil) ? [width] : own.compactMap(\.self)
    }
}

// MARK: - Values

extension ONNXQuestions {
    private static func column(_ name: String, of rows: Dataset, _ teacher: String) throws -> Column {
        if let column = rows.column(named: name) { return column }
        throw AttarError(
            .schemaMismatch, "\(rows.source) has no column '\(name)', which the teacher \(teacher) reads",
            remedy: didYouMean(name, among: rows.columns.map(\.name)))
    }

    /// A column's numbers, NaN where missing.
    private static func numbers(
        _ name: String, of rows: Dataset, for port: ONNXPort, _ teacher: String
    ) throws -> [Float] {
        let column = try column(name, of: rows, teacher)
        switch column.storage {
        case .numeric(let values): return values
        case .categorical(let codes, let categories):
            let numbers = categories.map { Float($0) ?? TruthWord.number(of: $0) ?? .nan }
            return try codes.enumerated().map { row, code in
                guard code >= 0 else { return .nan }
                guard numbers[Int(code)].isFinite else {
                    throw AttarError(
                        .schemaMismatch,
                        "\(rows.place(row)): the column '\(name)' holds '\(categories[Int(code)])', but the input '\(port.name)' of the teacher \(teacher) takes numbers",
                        remedy: "Write the column in numbers as the teacher was trained with")
                }
                return numbers[Int(code)]
            }
        case .text, .tensor, .bytes:
            throw AttarError(
                .schemaMismatch,
                "the column '\(name)' of \(rows.source) is \(column.kind.rawValue), but the input '\(port.name)' of the teacher \(teacher) takes numbers",
                remedy: "Give the same columns for all rows")
        }
    }

    /// A column's values as texts, empty where missing.
    static func texts(of column: Column) -> [String] {
        switch column.storage {
        case .numeric: (0..<column.count).map { column.label(ofRow: $0) ?? "" }
        case .categorical(let codes, let categories): codes.map { $0 < 0 ? "" : categories[Int($0)] }
        case .text(let values): values
        case .tensor, .bytes: []
        }
    }

    /// Floats as elements of the kind that the input takes.
    private func encoded(
        _ block: [Float], shape: [Int], for port: ONNXPort, place: (Int) -> (row: Int, column: String)
    ) throws -> ONNXTensor {
        let count = block.count
        func whole<Element>(_ zero: Element, _ format: attar_foreign_format) throws -> [Element] {
            var end = 0
            let elements = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
                end = attar_encode_floats(block, count, format, buffer.baseAddress!)
                initialized = end
            }
            guard end == count else {
                let (row, column) = place(end)
                let value = block[end].isNaN ? "no value" : Column.label(of: block[end])
                throw AttarError(
                    .unusableTeacher,
                    "\(rows.place(row)) has \(value)\(column.isEmpty ? "" : " in column '\(column)'"), but the input '\(port.name)' of the teacher \(inputs.name) takes \(port.element.map { "\($0)" } ?? "") only",
                    remedy: rows.identifiers[row] < 0
                        ? "That row was made up: use a strategy that makes none, such as --strategy teacher"
                        : block[end].isNaN ? "Fill in the value or leave the row out" : "Give values that it can hold"
                )
            }
            return elements
        }
        let storage: ONNXTensor.Storage =
            switch port.element {
            case .double: .double(try whole(0.0, ATTAR_AS_DOUBLE))
            case .float16: .float16(try whole(UInt16(0), ATTAR_AS_HALF))
            case .int64: .int64(try whole(Int64(0), ATTAR_AS_INT64))
            case .int32: .int32(try whole(Int32(0), ATTAR_AS_INT32))
            case .int8: .int8(try whole(Int8(0), ATTAR_AS_INT8))
            case .uint8: .uint8(try whole(UInt8(0), ATTAR_AS_UINT8))
            case .bool: .bool(try whole(UInt8(0), ATTAR_AS_BOOL))
            default: .float(block)
            }
        return ONNXTensor(shape: shape, storage)
    }
}
