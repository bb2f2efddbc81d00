internal import Foundation

/// Scans one line that holds a flat JSON object (RFC 8259), without making a value for each cell.
struct JSONLineScanner {
    /// What a member holds. Ranges are positions in the bytes.
    enum Cell {
        case number(Range<Int>)
        /// A text without escapes.
        case plain(Range<Int>)
        /// A text with escapes, decoded.
        case text(String)
        case bool(Bool)
        case null
        case array([Float])
    }

    /// What is wrong with the line.
    struct Problem: Error {
        var text: String
    }

    private let bytes: [UInt8]
    private var at: Int
    private let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
    }

    /// Calls `body` with each member of the object.
    mutating func members(_ body: (_ key: Cell, _ value: Cell) throws -> Void) throws {
        skipBlanks()
        guard take("{") else { throw Problem(text: "the line is not a JSON object") }
        skipBlanks()
        if !take("}") {
            repeat {
                skipBlanks()
                let key = try string()
                skipBlanks()
                guard take(":") else { throw Problem(text: "a ':' is missing after a name") }
                skipBlanks()
                try body(key, try value())
                skipBlanks()
            } while take(",")
            guard take("}") else { throw Problem(text: "the object is not closed by '}'") }
        }
        skipBlanks()
        if at < end { throw Problem(text: "text stands after the object") }
    }

    private mutating func value() throws -> Cell {
        guard at < end else { throw Problem(text: "a value is missing") }
        switch bytes[at] {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "["): return .array(try numbers())
        case UInt8(ascii: "{"):
            throw Problem(
                text: "a value is an object; only numbers, texts, true, false, null and arrays of numbers are read")
        default:
            let start = at
            while at < end && !Self.endsWord(bytes[at]) { at += 1 }
            let word = start..<at
            if word.isEmpty { throw Problem(text: "a value is missing") }
            if equals(word, "true") { return .bool(true) }
            if equals(word, "false") { return .bool(false) }
            if equals(word, "null") || equals(word, "NaN") { return .null }
            guard isNumber(word) || equals(word, "Infinity") || equals(word, "-Infinity") else {
                throw Problem(text: "'\(text(word))' is no JSON value")
            }
            return .number(word)
        }
    }

    private mutating func string() throws -> Cell {
        guard take("\"") else { throw Problem(text: "a quote is missing") }
        let start = at
        var hasEscapes = false
        while at < end && bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] < 0x20 { throw Problem(text: "a text holds a control character") }
            if bytes[at] == UInt8(ascii: "\\") {
                hasEscapes = true
                at += 1
            }
            at += 1
        }
        guard at < end else { throw Problem(text: "a text is not closed by a quote") }
        at += 1
        if !hasEscapes { return .plain(start..<at - 1) }
        guard let decoded = try? JSONDecoder().decode(String.self, from: Data(bytes[start - 1..<at])) else {
            throw Problem(text: "a text holds an escape that JSON does not have")
        }
        return .text(decoded)
    }

    private mutating func numbers() throws -> [Float] {
        at += 1
        var values: [Float] = []
        skipBlanks()
        if take("]") { return values }
        repeat {
            skipBlanks()
            guard at < end, bytes[at] != UInt8(ascii: "[") else {
                throw Problem(text: "an array holds an array; only arrays of numbers are read")
            }
            switch try value() {
            case .number(let range):
                guard let value = Float(text(range)), value.isFinite else {
                    throw Problem(text: "'\(text(range))' is infinite or beyond 3.4e38")
                }
                values.append(value)
            case .null: values.append(.nan)
            default: throw Problem(text: "an array holds something else than numbers")
            }
            skipBlanks()
        } while take(",")
        guard take("]") else { throw Problem(text: "an array is not closed by ']'") }
        return values
    }

    /// Whether the bytes are a number as JSON writes it: no sign but a minus, no leading zeros, digits on both sides of a point.
    private func isNumber(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        func digits() -> Int {
            var count = 0
            while index + count < range.upperBound, (48...57).contains(bytes[index + count]) { count += 1 }
            return count
        }
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let whole = digits()
        if whole == 0 || (whole > 1 && bytes[index] == 48) { return false }
        index += whole
        if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
            index += 1
            let fraction = digits()
            if fraction == 0 { return false }
            index += fraction
        }
        if index < range.upperBound, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < range.upperBound, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
            let exponent = digits()
            if exponent == 0 { return false }
            index += exponent
        }
        return index == range.upperBound
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte <= 32 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }

    private mutating func skipBlanks() {
        while at < end, bytes[at] == 32 || bytes[at] == 9 || bytes[at] == 13 || bytes[at] == 10 { at += 1 }
    }

    private mutating func take(_ scalar: UnicodeScalar) -> Bool {
        guard at < end, bytes[at] == UInt8(ascii: scalar) else { return false }
        at += 1
        return true
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.prefix(40)], as: UTF8.self)
    }

    private func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
        range.count == word.utf8CodeUnitCount && text(range) == "\(word)"
    }
}
