internal import CKernels

/// Reads a JSON text (RFC 8259) value by value, and makes nothing of what is not asked for. `NaN`, `Infinity` and `-Infinity`, which Python
/// writes, are read as the numbers that they are; `null` in the place of a number is NaN.
package struct JSONCursor {
    /// What is wrong with the text.
    package struct Problem: Error {
        package var text: String
    }

    private let bytes: [UInt8]
    private var at: Int
    private let end: Int
    private var depth = 0

    /// Deeper texts are refused rather than followed.
    private static let deepest = 64

    package init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
    }

    package init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

    /// The first byte of the next value, or nil at the end.
    package mutating func next() -> UInt8? {
        skipBlanks()
        return at < end ? bytes[at] : nil
    }

    /// Calls the body at each member's value, which it has to read or skip.
    package mutating func object(_ member: (inout JSONCursor, String) throws -> Void) throws {
        try enter("{", "an object")
        skipBlanks()
        if !take("}") {
            repeat {
                let key = try string()
                skipBlanks()
                guard take(":") else { throw Problem(text: "a ':' is missing after a name") }
                try member(&self, key)
                skipBlanks()
            } while take(",")
            guard take("}") else { throw Problem(text: "an object is not closed by '}'") }
        }
        depth -= 1
    }

    /// Calls the body at each element, which it has to read or skip.
    package mutating func array(_ element: (inout JSONCursor) throws -> Void) throws {
        try enter("[", "an array")
        skipBlanks()
        if !take("]") {
            repeat {
                try element(&self)
                skipBlanks()
            } while take(",")
            guard take("]") else { throw Problem(text: "an array is not closed by ']'") }
        }
        depth -= 1
    }

    /// Appends the numbers of an array and of all arrays inside it, in order.
    package mutating func numbers(into values: inout [Float]) throws {
        try enter("[", "an array of numbers")
        skipBlanks()
        if !take("]") {
            repeat {
                if next() == UInt8(ascii: "[") { try numbers(into: &values) } else { values.append(try number()) }
                skipBlanks()
            } while take(",")
            guard take("]") else { throw Problem(text: "an array is not closed by ']'") }
        }
        depth -= 1
    }

    /// A number.
    package mutating func number() throws -> Float {
        let word = try self.word()
        var value: Float = 0
        var rounded = false
        let kind = attar_parse_number(bytes, word.lowerBound, word.count, &value, &rounded)
        let first = bytes[word.lowerBound]
        let isNumber = first == UInt8(ascii: "-") || (48...57).contains(first)
        switch kind {
        case ATTAR_NUMBER where isNumber, ATTAR_INFINITE where isNumber || equals(word, "Infinity"): return value
        case ATTAR_MISSING where equals(word, "NaN") || equals(word, "null"): return .nan
        default: throw Problem(text: "'\(text(word))' stands where a number should")
        }
    }

    /// A whole number.
    package mutating func whole() throws -> Int {
        let word = try self.word()
        var value = 0
        for byte in bytes[word] {
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            guard (48...57).contains(byte), !isTooLarge, tens <= Int.max - 9 else {
                throw Problem(text: "'\(text(word))' stands where a whole number from 0 should")
            }
            value = tens + Int(byte - 48)
        }
        return value
    }

    /// A text.
    package mutating func string() throws -> String {
        skipBlanks()
        guard take("\"") else { throw Problem(text: "a text in quotes is missing") }
        let start = at
        while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        if at < end, bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return String(decoding: bytes[start..<at - 1], as: UTF8.self)
        }
        return try escapedString(from: start)
    }

    /// Passes over a value of any kind.
    package mutating func skip() throws {
        switch next() {
        case UInt8(ascii: "{"): try object { cursor, _ in try cursor.skip() }
        case UInt8(ascii: "["): try array { try $0.skip() }
        case UInt8(ascii: "\""): _ = try string()
        default: _ = try word()
        }
    }

    /// Refuses anything behind the value.
    package mutating func finish() throws {
        if next() != nil { throw Problem(text: "text stands behind the value") }
    }

    // MARK: - Parts

    private mutating func enter(_ bracket: UnicodeScalar, _ what: String) throws {
        skipBlanks()
        guard take(bracket) else { throw Problem(text: "\(what) is missing") }
        depth += 1
        if depth > Self.deepest { throw Problem(text: "it is nested more than \(Self.deepest) deep") }
    }

    private mutating func word() throws -> Range<Int> {
        skipBlanks()
        let start = at
        while at < end {
            let byte = bytes[at]
            let isPart =
                (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            if !isPart { break }
            at += 1
        }
        guard at > start else {
            throw Problem(text: at < end ? "'\(text(at..<min(end, at + 20)))' is no value" : "it ends too early")
        }
        return start..<at
    }

    private mutating func escapedString(from start: Int) throws -> String {
        var decoded = Array(bytes[start..<at])
        while at < end, bytes[at] != UInt8(ascii: "\"") {
            guard bytes[at] == UInt8(ascii: "\\") else {
                decoded.append(bytes[at])
                at += 1
                continue
            }
            at += 1
            guard at < end else { break }
            at += 1
            switch bytes[at - 1] {
            case UInt8(ascii: "n"): decoded.append(10)
            case UInt8(ascii: "t"): decoded.append(9)
            case UInt8(ascii: "r"): decoded.append(13)
            case UInt8(ascii: "b"): decoded.append(8)
            case UInt8(ascii: "f"): decoded.append(12)
            case UInt8(ascii: "u"): decoded.append(contentsOf: String(try scalar()).utf8)
            case let byte where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte):
                decoded.append(byte)
            default: throw Problem(text: "a text holds an escape that JSON does not have")
            }
        }
        guard at < end else { throw Problem(text: "a text is not closed by a quote") }
        at += 1
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The character of `\uXXXX`, or of two of them that make one; the replacement character for half of a pair.
    private mutating func scalar() throws -> Character {
        let first = try hexadecimal()
        if (0xD800..<0xDC00).contains(first), at + 1 < end, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        {
            let before = at
            at += 2
            let second = try hexadecimal()
            if (0xDC00..<0xE000).contains(second),
                let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return Character(scalar)
            }
            at = before
        }
        return Character(UnicodeScalar(first) ?? "\u{FFFD}")
    }

    private mutating func hexadecimal() throws -> UInt32 {
        guard at + 4 <= end, let value = UInt32(text(at..<at + 4), radix: 16) else {
            throw Problem(text: "a text holds an escape that JSON does not have")
        }
        at += 4
        return value
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
        guard range.count == word.utf8CodeUnitCount else { return false }
        return text(range) == "\(word)"
    }
}
