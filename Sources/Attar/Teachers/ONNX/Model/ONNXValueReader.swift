internal import COnnxRuntime

/// Reads ONNX Runtime's values into Swift's arrays.
struct ONNXValueReader {
    let runtime: ONNXRuntime

    private var api: UnsafePointer<attar_ort_api> { runtime.api }
    private var functions: ONNXFunctions { runtime.functions }

    /// Kinds of value.
    private enum Kind {
        static let tensor: CInt = 1
        static let sequence: CInt = 2
        static let map: CInt = 3
    }

    /// A tensor, or a sequence of maps.
    ///
    /// - Throws: `ONNXFailure` for anything else.
    func value(_ value: OpaquePointer) throws -> ONNXValue {
        switch try functions.code({ api.pointee.GetValueType(value, &$0) }) {
        case Kind.tensor: return .tensor(try tensor(value))
        case Kind.sequence: return try maps(value)
        default: throw ONNXFailure(message: "an output is neither a tensor nor a sequence of maps")
        }
    }

    // MARK: Tensors

    private func form(_ value: OpaquePointer) throws -> (type: CInt, shape: [Int], count: Int) {
        let information = try functions.made { api.pointee.GetTensorTypeAndShape(value, &$0) }
        defer { api.pointee.ReleaseTensorTypeAndShapeInfo(information) }
        let rank = try functions.count { api.pointee.GetDimensionsCount(information, &$0) }
        var lengths = [Int64](repeating: 0, count: rank)
        try functions.check(api.pointee.GetDimensions(information, &lengths, rank))
        return (
            try functions.code { api.pointee.GetTensorElementType(information, &$0) }, lengths.map { Int($0) },
            try functions.count { api.pointee.GetTensorShapeElementCount(information, &$0) }
        )
    }

    private func tensor(_ value: OpaquePointer) throws -> ONNXTensor {
        let (type, shape, count) = try form(value)
        guard let element = ONNXElement(rawValue: type) else {
            throw ONNXFailure(message: "an output has elements of type \(type), which Attar does not read")
        }
        let storage: ONNXTensor.Storage =
            switch element {
            case .float: .float(try elements(value, count))
            case .double: .double(try elements(value, count))
            case .float16: .float16(try elements(value, count))
            case .int64: .int64(try elements(value, count))
            case .int32: .int32(try elements(value, count))
            case .int8: .int8(try elements(value, count))
            case .uint8: .uint8(try elements(value, count))
            case .bool: .bool(try elements(value, count))
            case .string: .string(try texts(value, count))
            }
        return ONNXTensor(shape: shape, storage)
    }

    /// A copy of the elements, which lie one after the other.
    private func elements<Element: BitwiseCopyable>(_ value: OpaquePointer, _ count: Int) throws -> [Element] {
        guard count > 0 else { return [] }
        var data: UnsafeMutableRawPointer?
        try functions.check(api.pointee.GetTensorMutableData(value, &data))
        guard let data else { throw ONNXFailure(message: "an output has no elements") }
        return Array(UnsafeBufferPointer(start: data.assumingMemoryBound(to: Element.self), count: count))
    }

    private func texts(_ value: OpaquePointer, _ count: Int) throws -> [String] {
        let (bytes, starts) = try characters(value, count)
        return starts.indices.map { index in
            let end = index + 1 < count ? starts[index + 1] : bytes.count
            return String(decoding: bytes[starts[index]..<end], as: UTF8.self)
        }
    }

    /// The texts' bytes one after the other, and where each begins.
    private func characters(_ value: OpaquePointer, _ count: Int) throws -> (bytes: [UInt8], starts: [Int]) {
        let length = try functions.count { api.pointee.GetStringTensorDataLength(value, &$0) }
        // One more, so that there is an address even where all texts are empty.
        var bytes = [UInt8](repeating: 0, count: length + 1)
        var starts = [Int](repeating: 0, count: count)
        try functions.check(api.pointee.GetStringTensorContent(value, &bytes, length, &starts, count))
        bytes.removeLast()
        return (bytes, starts)
    }

    // MARK: Maps

    /// The keys of a map as they came: whole numbers, or texts as bytes.
    private enum Keys: Equatable {
        case numbers([Int64])
        case texts(bytes: [UInt8], starts: [Int])
    }

    /// A sequence with a map a row. All have the same keys, in the same order, as ONNX Runtime sorts them.
    private func maps(_ sequence: OpaquePointer) throws -> ONNXValue {
        let rows = try functions.count { api.pointee.GetValueCount(sequence, &$0) }
        var keys: (value: Keys, names: [String])?
        var numbers: [Float] = []
        for row in 0..<rows {
            let map = try part(of: sequence, row)
            defer { api.pointee.ReleaseValue(map) }
            guard try functions.code({ api.pointee.GetValueType(map, &$0) }) == Kind.map else {
                throw ONNXFailure(message: "an output is a sequence of something else than maps")
            }
            let own = try self.keys(of: map)
            if let keys, keys.value != own {
                throw ONNXFailure(message: "the maps of an output have different keys")
            }
            if keys == nil {
                keys = (own, try names(of: map))
                numbers.reserveCapacity(rows * (keys?.names.count ?? 0))
            }
            let values = try part(of: map, 1)
            defer { api.pointee.ReleaseValue(values) }
            let (type, _, count) = try form(values)
            guard type == ONNXElement.float.rawValue, count == keys?.names.count else {
                throw ONNXFailure(message: "the maps of an output do not have a float for each key")
            }
            numbers += try elements(values, count) as [Float]
        }
        return .maps(keys: keys?.names ?? [], rows: rows, numbers: numbers)
    }

    /// An element of a sequence; of a map the keys (0) or values (1). The caller's to release.
    private func part(of value: OpaquePointer, _ index: Int) throws -> OpaquePointer {
        try functions.made { api.pointee.GetValue(value, CInt(index), runtime.allocator, &$0) }
    }

    private func keys(of map: OpaquePointer) throws -> Keys {
        let keys = try part(of: map, 0)
        defer { api.pointee.ReleaseValue(keys) }
        let (type, _, count) = try form(keys)
        switch ONNXElement(rawValue: type) {
        case .int64: return .numbers(try elements(keys, count))
        case .string:
            let (bytes, starts) = try characters(keys, count)
            return .texts(bytes: bytes, starts: starts)
        default:
            throw ONNXFailure(message: "the maps of an output have keys of type \(type), which Attar does not read")
        }
    }

    private func names(of map: OpaquePointer) throws -> [String] {
        let keys = try part(of: map, 0)
        defer { api.pointee.ReleaseValue(keys) }
        let (type, _, count) = try form(keys)
        if type == ONNXElement.string.rawValue { return try texts(keys, count) }
        return (try elements(keys, count) as [Int64]).map { String($0) }
    }
}
