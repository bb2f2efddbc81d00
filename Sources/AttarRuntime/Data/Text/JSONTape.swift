/// A JSON document as a flat list of its values, read in one pass: a tokenizer's file is tens of megabytes of short strings.
///
/// Nothing is decoded before it is asked for; strings stay where they are in the bytes.
struct JSONTape {
    /// What a value is.
    enum Kind: UInt8 {
        case null, truth, falsehood, number, string, array, object
    }

    /// One value: in an object each value follows its name.
    private struct Entry {
        let kind: Kind
        /// Whether a string has escapes.
        var isEscaped = false
        /// Where its text begins, behind the quotation mark of a string.
        var start: Int32
        /// Where its text ends.
        var end: Int32 = 0
        /// The entry after this value and all that is inside it.
        var next: Int32 = 0
    }

    private let bytes: [UInt8]
    private var entries: [Entry] = []
    /// Where the values are from, for messages.
    private let source: String

    /// Values may be inside one another this deeply.
    private static let mostDepth = 64

    /// Reads a document.
    ///
    /// - Throws: `AttarError` (`malformedData`) naming the byte where it is no JSON.
    init(_ bytes: [UInt8], source: String) throws {
        self.bytes = bytes
        self.source = source
        guard bytes.count < Int(Int32.max) else {
            throw AttarError(.malformedData, "'\(source)' is larger than 2 GB", remedy: "Give a tokenizer.json")
        }
        entries.reserveCapacity(bytes.count / 12)
        var position = 0
        skipBlanks(&position)
        try readValue(&position, depth: 0)
        skipBlanks(&position)
        if position < bytes.count { throw failure(position) }
    }

    /// The outermost value.
    var root: Value { Value(tape: self, index: 0) }

    private func failure(_ position: Int) -> AttarError {
        AttarError(
            .malformedData, "'\(source)' is not JSON: byte \(position) does not fit",
            remedy: "Give a tokenizer.json as the Python package 'tokenizers' writes it")
    }

    private func skipBlanks(_ position: inout Int) {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
    }

    private mutating func readValue(_ position: inout Int, depth: Int) throws {
        guard position < bytes.count, depth < Self.mostDepth else { throw failure(position) }
        switch bytes[position] {
        case UInt8(ascii: "\""): try readString(&position)
        case UInt8(ascii: "{"), UInt8(ascii: "["): try readMembers(&position, depth: depth)
        case UInt8(ascii: "t"): try readWord("true", .truth, &position)
        case UInt8(ascii: "f"): try readWord("false", .falsehood, &position)
        case UInt8(ascii: "n"): try readWord("null", .null, &position)
        default: try readNumber(&position)
        }
    }

    private mutating func readMembers(_ position: inout Int, depth: Int) throws {
        let isObject = bytes[position] == UInt8(ascii: "{")
        let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        let own = entries.count
        entries.append(Entry(kind: isObject ? .object : .array, start: Int32(position)))
        position += 1
        skipBlanks(&position)
        if position < bytes.count, bytes[position] == close {
            position += 1
        } else {
            while true {
                if isObject {
                    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw failure(position) }
                    try readString(&position)
                    skipBlanks(&position)
                    guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw failure(position) }
                    position += 1
                    skipBlanks(&position)
                }
                try readValue(&position, depth: depth + 1)
                skipBlanks(&position)
                guard position < bytes.count else { throw failure(position) }
                position += 1
                if bytes[position - 1] == close { break }
                guard bytes[position - 1] == UInt8(ascii: ",") else { throw failure(position - 1) }
                skipBlanks(&position)
            }
        }
        entries[own].end = Int32(position)
        entries[own].next = Int32(entries.count)
    }

    private mutating func readString(_ position: inout Int) throws {
        let start = position + 1
        var index = start
        var isEscaped = false
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                isEscaped = true
                index += 1
            }
            index += 1
        }
        guard index < bytes.count else { throw failure(position) }
        position = index + 1
        entries.append(
            Entry(
                kind: .string, isEscaped: isEscaped, start: Int32(start), end: Int32(index),
                next: Int32(entries.count + 1)))
    }

    private mutating func readWord(_ word: StaticString, _ kind: Kind, _ position: inout Int) throws {
        let text = Array(word.description.utf8)
        guard position + text.count <= bytes.count, bytes[position..<position + text.count].elementsEqual(text) else {
            throw failure(position)
        }
        append(kind, position, position + text.count)
        position += text.count
    }

    private mutating func readNumber(_ position: inout Int) throws {
        let start = position
        while position < bytes.count,
            bytes[position] >= UInt8(ascii: "0") && bytes[position] <= UInt8(ascii: "9")
                || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")]
                    .contains(bytes[position])
        {
            position += 1
        }
        guard position > start, Double(String(decoding: bytes[start..<position], as: UTF8.self)) != nil else {
            throw failure(start)
        }
        append(.number, start, position)
    }

    private mutating func append(_ kind: Kind, _ start: Int, _ end: Int) {
        entries.append(
            Entry(kind: kind, start: Int32(start), end: Int32(end), next: Int32(entries.count + 1)))
    }
}

extension JSONTape {
    /// One value of a document.
    struct Value {
        fileprivate let tape: JSONTape
        fileprivate let index: Int

        private var entry: Entry { tape.entries[index] }

        var kind: Kind { entry.kind }
        var isNull: Bool { kind == .null }

        /// The bytes of a string; nil for other values.
        var utf8: [UInt8]? {
            guard kind == .string else { return nil }
            let slice = tape.bytes[Int(entry.start)..<Int(entry.end)]
            return entry.isEscaped ? Self.unescaped(slice) : Array(slice)
        }

        /// A string; nil for other values.
        var string: String? { utf8.map { String(decoding: $0, as: UTF8.self) } }

        /// A number; nil for other values.
        var number: Double? {
            guard kind == .number else { return nil }
            return Double(String(decoding: tape.bytes[Int(entry.start)..<Int(entry.end)], as: UTF8.self))
        }

        /// A whole number that 32 bits hold; nil for other values.
        var integer: Int? {
            guard kind == .number else { return nil }
            var value = 0
            for byte in tape.bytes[Int(entry.start)..<Int(entry.end)] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), value < 1 << 28 else {
                    return number.flatMap { Int32(exactly: $0) }.map(Int.init)
                }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }

        /// True or false; nil for other values.
        var bool: Bool? { kind == .truth ? true : kind == .falsehood ? false : nil }

        /// The values of an array; none for other values.
        var elements: [Value] {
            guard kind == .array else { return [] }
            var elements: [Value] = []
            forEachChild { elements.append(Value(tape: tape, index: $0)) }
            return elements
        }

        /// The names and values of an object, in their order; none for other values.
        func forEachMember(_ body: (Value, Value) throws -> Void) rethrows {
            guard kind == .object else { return }
            var name = index + 1
            while name < Int(entry.next) {
                try body(Value(tape: tape, index: name), Value(tape: tape, index: name + 1))
                name = Int(tape.entries[name + 1].next)
            }
        }

        /// The values of an array, one after the other.
        func forEachElement(_ body: (Value) throws -> Void) rethrows {
            guard kind == .array else { return }
            try forEachChild { try body(Value(tape: tape, index: $0)) }
        }

        /// The member of an object that has this name and is not null; nil where there is none.
        subscript(name: String) -> Value? {
            var found: Value?
            forEachMember { key, value in
                if found == nil, !value.isNull, key.string == name { found = value }
            }
            return found
        }

        private func forEachChild(_ body: (Int) throws -> Void) rethrows {
            var child = index + 1
            while child < Int(entry.next) {
                try body(child)
                child = Int(tape.entries[child].next)
            }
        }

        /// A string without its escapes. A half of a surrogate pair becomes U+FFFD.
        private static func unescaped(_ slice: ArraySlice<UInt8>) -> [UInt8] {
            var text: [UInt8] = []
            text.reserveCapacity(slice.count)
            var index = slice.startIndex
            func unit(_ at: Int) -> UInt32? {
                guard at + 4 <= slice.endIndex else { return nil }
                return UInt32(String(decoding: slice[at..<at + 4], as: UTF8.self), radix: 16)
            }
            while index < slice.endIndex {
                guard slice[index] == UInt8(ascii: "\\"), index + 1 < slice.endIndex else {
                    text.append(slice[index])
                    index += 1
                    continue
                }
                let letter = slice[index + 1]
                index += 2
                switch letter {
                case UInt8(ascii: "n"): text.append(0x0A)
                case UInt8(ascii: "t"): text.append(0x09)
                case UInt8(ascii: "r"): text.append(0x0D)
                case UInt8(ascii: "b"): text.append(0x08)
                case UInt8(ascii: "f"): text.append(0x0C)
                case UInt8(ascii: "u"):
                    var value = unit(index) ?? 0xFFFD
                    index = min(index + 4, slice.endIndex)
                    if value & 0xFC00 == 0xD800, index + 6 <= slice.endIndex, slice[index] == UInt8(ascii: "\\"),
                        slice[index + 1] == UInt8(ascii: "u"), let low = unit(index + 2), low & 0xFC00 == 0xDC00
                    {
                        value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
                        index += 6
                    }
                    UTF8Scalar.append(value, to: &text)
                default: text.append(letter)
                }
            }
            return text
        }
    }
}
