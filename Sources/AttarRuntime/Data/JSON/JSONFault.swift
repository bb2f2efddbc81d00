internal import CKernels

/// What is wrong with a JSON text, in words that go on after "it is not JSON:" or stand in brackets.
package struct JSONFault: Error, Hashable {
    package var text: String

    /// A fault in what a text says, rather than in how it is written.
    package init(text: String) { self.text = text }

    init(_ problem: String, at position: Int, in bytes: [UInt8], _ range: Range<Int>) {
        let before = bytes[range.lowerBound..<position]
        let line = before.count { $0 == 10 } + 1
        // Counted in characters: bytes that continue one are passed over.
        let column =
            before[(before.lastIndex(of: 10).map { $0 + 1 } ?? before.startIndex)...].count { $0 & 0xC0 != 0x80 } + 1
        text = "\(problem), at \(line > 1 ? "line \(line), " : "")column \(column)"
    }

    init(_ status: attar_json_status, at position: Int, in bytes: [UInt8], _ range: Range<Int>) {
        let rest = bytes[position..<range.upperBound]
        let problem =
            switch status {
            case ATTAR_JSON_ENDS: "the text ends where a value should stand"
            case ATTAR_JSON_NO_VALUE:
                "'\(Self.excerpt(rest.prefix { $0 > 32 && !"\",:]}".utf8.contains($0) }, else: rest))' is no JSON value"
            case ATTAR_JSON_NO_NAME: "a name in quotes is missing"
            case ATTAR_JSON_NO_COLON: "a ':' is missing after a name"
            case ATTAR_JSON_OPEN_ARRAY: "an array is not closed by ']'"
            case ATTAR_JSON_OPEN_OBJECT: "an object is not closed by '}'"
            case ATTAR_JSON_OPEN_TEXT: "a text is not closed by a quote"
            case ATTAR_JSON_CONTROL: "a text holds a control character"
            case ATTAR_JSON_NO_ESCAPE: "a text holds an escape that JSON does not have"
            case ATTAR_JSON_SURROGATE: "a text holds half of a surrogate pair"
            case ATTAR_JSON_NOT_UTF8: "a text is not UTF-8"
            case ATTAR_JSON_TWICE:
                "the name '\(Self.excerpt(rest.prefix { $0 != UInt8(ascii: "\"") }, else: rest))' stands there twice"
            case ATTAR_JSON_DEEP: "it is nested more than \(ATTAR_JSON_DEPTH) deep"
            default: "text stands behind the value"
            }
        self.init(problem, at: position, in: bytes, range)
    }

    private static func excerpt(_ part: ArraySlice<UInt8>, else rest: ArraySlice<UInt8>) -> String {
        String(decoding: (part.isEmpty ? rest.prefix(1) : part).prefix(40), as: UTF8.self)
    }
}
