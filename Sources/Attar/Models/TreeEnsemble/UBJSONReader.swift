/// Reads Universal Binary JSON. Every length is held against the bytes that are left before it is used.
package struct UBJSONReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Objects and arrays inside one another: more than any model needs, fewer than the stack holds.
    private static let deepest = 64

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The document that the bytes hold.
    ///
    /// - Throws: `AttarError` (`malformedData`) where they end early, go on after it, or are no Universal Binary JSON.
    package static func value(of bytes: [UInt8]) throws -> PackedJSON {
        var reader = UBJSONReader(bytes)
        let value = try reader.value(type: reader.byte(), depth: 0)
        guard reader.position == bytes.count else { throw reader.malformed("has bytes after its end") }
        return value
    }

    private mutating func value(type: UInt8, depth: Int) throws -> PackedJSON {
        switch type {
        case UInt8(ascii: "Z"): return .null
        case UInt8(ascii: "T"): return .bool(true)
        case UInt8(ascii: "F"): return .bool(false)
        case UInt8(ascii: "d"): return .number(Double(try float()))
        case UInt8(ascii: "D"): return .number(Double(bitPattern: UInt64(bitPattern: try integer(bytes: 8))))
        case UInt8(ascii: "S"), UInt8(ascii: "H"): return .string(try text())
        case UInt8(ascii: "C"): return .string(String(decoding: [try byte()], as: UTF8.self))
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        default: return .integer(try integer(type: type))
        }
    }

    // MARK: Containers

    private mutating func array(depth: Int) throws -> PackedJSON {
        guard depth <= Self.deepest else { throw malformed("is nested too deeply") }
        let (type, count) = try header()
        if let type, let count { return try typedArray(type, count: count, depth: depth) }
        var elements: [PackedJSON] = []
        while try goesOn(after: elements.count, of: count, end: UInt8(ascii: "]")) {
            elements.append(try value(type: byte(), depth: depth))
        }
        return .array(elements)
    }

    private mutating func typedArray(_ type: UInt8, count: Int, depth: Int) throws -> PackedJSON {
        if type == UInt8(ascii: "d") {
            try require(count, elementsOf: 4)
            return .floats(try (0..<count).map { _ in try float() })
        }
        if let size = Self.integerSize(type) {
            try require(count, elementsOf: size)
            return .integers(try (0..<count).map { _ in try integer(type: type) })
        }
        // Every other type needs at least a byte an element, except the constants, of which no array is made.
        guard ![UInt8(ascii: "Z"), UInt8(ascii: "T"), UInt8(ascii: "F")].contains(type) else {
            throw malformed("has an array of constants")
        }
        try require(count, elementsOf: 1)
        return .array(try (0..<count).map { _ in try value(type: type, depth: depth) })
    }

    private mutating func object(depth: Int) throws -> PackedJSON {
        guard depth <= Self.deepest else { throw malformed("is nested too deeply") }
        let (type, count) = try header()
        var members: [String: PackedJSON] = [:]
        var read = 0
        while try goesOn(after: read, of: count, end: UInt8(ascii: "}")) {
            let key = try text()
            guard members.updateValue(try value(type: type ?? byte(), depth: depth), forKey: key) == nil else {
                throw malformed("has the name '\(key.prefix(40))' twice in one object")
            }
            read += 1
        }
        return .object(members)
    }

    /// The optional `$type` and `#count` at the beginning of a container.
    private mutating func header() throws -> (type: UInt8?, count: Int?) {
        var type: UInt8?
        if try peek() == UInt8(ascii: "$") {
            position += 1
            type = try byte()
        }
        guard try peek() == UInt8(ascii: "#") else {
            if type != nil { throw malformed("has a typed container without its length") }
            return (nil, nil)
        }
        position += 1
        return (type, try length())
    }

    /// Whether a container has another element; eats the end mark of one without a count.
    private mutating func goesOn(after read: Int, of count: Int?, end: UInt8) throws -> Bool {
        if let count { return read < count }
        guard try peek() == end else { return true }
        position += 1
        return false
    }

    // MARK: Scalars

    private mutating func text() throws -> String {
        let count = try length()
        try require(count, elementsOf: 1)
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    private mutating func length() throws -> Int {
        let length = try integer(type: byte())
        guard length >= 0, let count = Int(exactly: length) else { throw malformed("has a negative length") }
        return count
    }

    private mutating func float() throws -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: try integer(bytes: 4)))
    }

    private mutating func integer(type: UInt8) throws -> Int64 {
        if type == UInt8(ascii: "U") { return Int64(try byte()) }
        guard let size = Self.integerSize(type) else { throw malformed("has an unknown type \(type)") }
        return try integer(bytes: size)
    }

    /// A signed big-endian integer.
    private mutating func integer(bytes count: Int) throws -> Int64 {
        try require(1, elementsOf: count)
        var value = Int64(Int8(bitPattern: bytes[position]))
        for offset in 1..<max(1, count) { value = value << 8 | Int64(bytes[position + offset]) }
        position += count
        return value
    }

    private static func integerSize(_ type: UInt8) -> Int? {
        switch type {
        case UInt8(ascii: "i"), UInt8(ascii: "U"): 1
        case UInt8(ascii: "I"): 2
        case UInt8(ascii: "l"): 4
        case UInt8(ascii: "L"): 8
        default: nil
        }
    }

    // MARK: Bounds

    private func peek() throws -> UInt8 {
        try require(1, elementsOf: 1)
        return bytes[position]
    }

    private mutating func byte() throws -> UInt8 {
        defer { position += 1 }
        return try peek()
    }

    private func require(_ count: Int, elementsOf size: Int) throws {
        guard count <= (bytes.count - position) / size else { throw malformed("ends early") }
    }

    private func malformed(_ problem: String) -> AttarError {
        AttarError(.malformedData, "the Universal Binary JSON \(problem), at byte \(position)")
    }
}
