internal import CKernels
internal import Foundation

/// Reads JSON (RFC 8259) into packed values; NaN, Infinity and -Infinity are numbers, as the libraries that save models write them.
///
/// Numbers with a point or an exponent in an array are 32-bit floats, rounded correctly. One pass over the bytes.
package struct PackedJSONReader {
    private let bytes: [UInt8]
    private let dropped: Set<String>
    private var position = 0

    /// Objects and arrays inside one another: more than any model needs, fewer than the stack holds.
    private static let deepest = 64

    private init(_ bytes: [UInt8], dropping dropped: Set<String>) {
        self.bytes = bytes
        self.dropped = dropped
    }

    /// The document that the bytes hold.
    ///
    /// - Parameter dropping: names of members that are read and left out.
    /// - Throws: `AttarError` (`malformedData`) where they end early, go on after it, or are no JSON; a name that stands twice in an object is
    ///   an error, too.
    package static func value(of bytes: [UInt8], dropping: Set<String> = []) throws -> PackedJSON {
        var reader = PackedJSONReader(bytes, dropping: dropping)
        reader.skipBlanks()
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.malformed("goes on after its end") }
        return value
    }

    private mutating func value(depth: Int) throws -> PackedJSON {
        guard position < bytes.count else { throw malformed("ends early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default:
            let start = position
            switch try number() {
            case .integer(let value): return .integer(value)
            case .float(let rough):
                return .number(Double(String(decoding: bytes[start..<position], as: UTF8.self)) ?? Double(rough))
            }
        }
    }

    // MARK: Containers

    private mutating func object(depth: Int) throws -> PackedJSON {
        guard depth <= Self.deepest else { throw malformed("is nested too deeply") }
        position += 1
        var members: [String: PackedJSON] = [:]
        skipBlanks()
        if take("}") { return .object(members) }
        repeat {
            skipBlanks()
            let key = try text()
            skipBlanks()
            guard take(":") else { throw malformed("lacks a ':' after the name '\(key.prefix(40))'") }
            skipBlanks()
            let value = try value(depth: depth)
            guard members.updateValue(dropped.contains(key) ? .null : value, forKey: key) == nil else {
                throw malformed("has the name '\(key.prefix(40))' twice in one object")
            }
            skipBlanks()
        } while take(",")
        guard take("}") else { throw malformed("has an object that is not closed") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws -> PackedJSON {
        guard depth <= Self.deepest else { throw malformed("is nested too deeply") }
        position += 1
        skipBlanks()
        if take("]") { return .array([]) }
        if let packed = try numbers() { return packed }
        var elements: [PackedJSON] = []
        repeat {
            skipBlanks()
            elements.append(try value(depth: depth))
            skipBlanks()
        } while take(",")
        guard take("]") else { throw malformed("has an array that is not closed") }
        return .array(elements)
    }

    /// An array of numbers alone, from its first element to behind its end; nil, without having moved, where it holds anything else.
    private mutating func numbers() throws -> PackedJSON? {
        let start = position
        var integers: [Int64] = []
        var floats: [Float] = []
        var isWhole = true
        repeat {
            skipBlanks()
            guard startsNumber else {
                position = start
                return nil
            }
            switch try number() {
            case .integer(let value) where isWhole: integers.append(value)
            case .integer(let value): floats.append(Float(value))
            case .float(let value):
                if isWhole {
                    floats = integers.map(Float.init)
                    (integers, isWhole) = ([], false)
                }
                floats.append(value)
            }
            skipBlanks()
        } while take(",")
        guard take("]") else { throw malformed("has an array that is not closed") }
        return isWhole ? .integers(integers) : .floats(floats)
    }

    // MARK: Scalars

    private enum Number {
        case integer(Int64)
        case float(Float)
    }

    /// Whether a number, or a word that stands for one, comes next.
    private var startsNumber: Bool {
        guard position < bytes.count else { return false }
        switch bytes[position] {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "N"), UInt8(ascii: "I"): return true
        default: return false
        }
    }

    private mutating func number() throws -> Number {
        let start = position
        let isNegative = take("-")
        if position < bytes.count, bytes[position] == UInt8(ascii: "N") || bytes[position] == UInt8(ascii: "I") {
            let isInfinite = bytes[position] == UInt8(ascii: "I")
            try word(isInfinite ? "Infinity" : "NaN")
            return .float(isInfinite ? (isNegative ? -.infinity : .infinity) : .nan)
        }
        var value: Int64 = 0
        let digits = position
        while position < bytes.count, bytes[position] &- 48 < 10, position - digits < 18 {
            value = value * 10 + Int64(bytes[position] &- 48)
            position += 1
        }
        guard position > digits else { throw malformed("has something else where a value should be") }
        guard position == digits + 1 || bytes[digits] != UInt8(ascii: "0") else {
            throw malformed("has a number with zeros before it")
        }
        if position == bytes.count || !Self.isOfNumber(bytes[position]) { return .integer(isNegative ? -value : value) }
        while position < bytes.count, Self.isOfNumber(bytes[position]) { position += 1 }
        var float: Float = 0
        var wasRounded = false
        let kind = attar_parse_number(bytes, start, position - start, &float, &wasRounded)
        guard kind == ATTAR_NUMBER || kind == ATTAR_INFINITE else {
            throw malformed("has a number that is written wrongly")
        }
        return .float(float)
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+")
    }

    private mutating func text() throws -> String {
        guard take("\"") else { throw malformed("lacks a text in quotes") }
        let start = position
        var hasEscapes = false
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        guard position < bytes.count else { throw malformed("ends within a text") }
        position += 1
        if !hasEscapes { return String(decoding: bytes[start..<position - 1], as: UTF8.self) }
        guard let decoded = try? JSONDecoder().decode(String.self, from: Data(bytes[start - 1..<position])) else {
            throw malformed("has a text with an escape that JSON does not know")
        }
        return decoded
    }

    private mutating func word(_ word: StaticString) throws {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, bytes[position..<end].elementsEqual("\(word)".utf8) else {
            throw malformed("has something else where a value should be")
        }
        position = end
    }

    // MARK: Steps

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 32, 9, 10, 13: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ scalar: UnicodeScalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private func malformed(_ problem: String) -> AttarError {
        AttarError(.malformedData, "the JSON \(problem), at byte \(min(position, bytes.count))")
    }
}
