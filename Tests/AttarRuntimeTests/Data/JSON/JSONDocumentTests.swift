import AttarRuntime
import Foundation
import Testing

struct JSONDocumentTests {
    /// A value as the other reader gives it.
    private static func object(_ value: JSONDocument.Value) throws -> Any {
        switch value.kind {
        case .null: return NSNull()
        case .bool: return try #require(value.bool as Bool?)
        case .number: return try #require(value.number)
        case .string: return try #require(value.string)
        case .array: return try value.elements.map(object)
        case .object:
            var members: [String: Any] = [:]
            try value.forEachMember { members[try #require($0.string)] = try object($1) }
            return members
        }
    }

    private static func fault(_ text: [UInt8], _ extensions: JSONDocument.Extensions = []) -> String? {
        do {
            _ = try JSONDocument(text, allowing: extensions)
            return nil
        } catch {
            return error.text
        }
    }

    private static let allowed = [
        "null", "true", " false ", "\t\r\n0\n", "-0", "-5", "2.5", "1E-45", "1e5", "1E+5", "0.0e-0",
        "-0.1", "1e999", "\"\"", #""a\"b\\c\/d\n\t\r\b\f""#,
        #""\u00e9\u4e2d\ud83d\ude00\u0000""#,
        #""\uD834\uDD1Ex\u0041\u07ff\uffff""#, "\"é\u{4E2D}\u{1F600}\u{7F}\u{10FFFF} and more than eight bytes\"", "[]",
        "[ ]", "{}", "{ }", "[1, -2,3]", "[1, 2.5E0 , 3]", "[1, \"a\"]", "[[1], [true], [], {}]", "[1, null]",
        #"{"a": {"b": []}, "c": 1, "": "", "A": 0}"#, "[[[[1,2],[3]],[]],[[0.5]]]",
        String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
        "{"
            + (0..<40).map { "\"name\($0)\": [\($0), \"\\u00\(String($0 % 80 + 16, radix: 16))\"]" }.joined(
                separator: ", ")
            + "}",
    ]

    @Test(arguments: allowed.filter { $0 != "1e999" })
    func `What the standard allows is what another reader reads`(_ text: String) throws {
        let value = try Self.object(JSONDocument(Array(text.utf8)).root)
        let other = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        #expect([value] as NSArray == [other] as NSArray)
    }

    @Test(arguments: allowed)
    func `Texts that end early are refused at every byte, unless they are numbers`(_ text: String) {
        let bytes = Array(text.utf8)
        let whole = bytes.lastIndex { $0 > 32 } ?? 0
        let first = bytes.first { $0 > 32 } ?? 0
        for end in 0...whole where !(first == UInt8(ascii: "-") || (48...57).contains(first)) {
            #expect(Self.fault(Array(bytes[..<end])) != nil, "\(end) bytes of \(text.prefix(40))")
        }
    }

    @Test(arguments: [
        ("", "the text ends where a value should stand, at column 1"), (" ", "at column 2"),
        ("nul", "'nul' is no JSON value"),
        ("nulls", "'nulls' is no"), ("True", "'True' is no"), ("{", "an object is not closed by '}'"),
        ("{\"a\"", "a ':' is missing"), ("{\"a\":", "the text ends"), ("{\"a\":1", "an object is not closed"),
        ("{\"a\":1,}", "a name in quotes is missing, at column 8"), ("{a:1}", "a name in quotes"),
        ("{1:1}", "a name in quotes"),
        ("{\"a\" 1}", "a ':' is missing"), ("{\"a\":1 \"b\":2}", "an object is not closed"),
        ("[1", "an array is not closed"),
        ("[1,", "the text ends"), ("[1,]", "']' is no JSON value"), ("[1 2]", "an array is not closed"),
        ("[,1]", "',' is no"),
        ("[1}", "an array is not closed"), ("1 2", "text stands behind the value, at column 3"),
        ("[] x", "text stands behind"),
        ("01", "'01' is no"), ("-01", "'-01' is no"), ("-", "'-' is no"), ("1.", "'1.' is no"), (".5", "'.5' is no"),
        ("1e", "'1e' is no"), ("1e+", "'1e+' is no"), ("+1", "'+1' is no"), ("--1", "'--1' is no"),
        ("0x10", "'0x10' is no"),
        ("1.5.2", "'1.5.2' is no"), ("[1, 2, x]", "'x' is no JSON value, at column 8"), ("[1a]", "'1a' is no"),
        ("NaN", "'NaN' is no"), ("[Infinity]", "'Infinity' is no"), ("-Infinity", "'-Infinity' is no"),
        ("NA", "'NA' is no"),
        ("'a'", "is no JSON value"), ("\"a", "a text is not closed by a quote, at column 1"),
        ("\"\\", "a text is not closed"),
        ("\"\\q\"", "an escape that JSON does not have"), ("\"\\u12\"", "an escape"), ("\"\\u12g4\"", "an escape"),
        ("\"\\U0041\"", "an escape"), ("\"a\u{1}\"", "a control character, at column 3"),
        ("\"a\nb\"", "a control character"),
        (#""\ud83d""#, "half of a surrogate pair"), (#""\ude00""#, "half of a surrogate pair"),
        (#""\ud83dx\ude00""#, "half of a surrogate pair"), (#""\ud83d\ud83d""#, "half of a surrogate pair"),
        (#""\ud83d\n""#, "half of a surrogate pair"), ("/* a */ 1", "is no JSON value"),
        ("\u{FEFF}1", "is no JSON value"),
        ("\u{A0}1", "is no JSON value"), ("{\"a\":1,\"b\":2,\"a\":3}", "the name 'a' stands there twice, at column 15"),
        (#"{"a":1,"\u0061":2}"#, "stands there twice"), (#"[{"b":{"a\n":1,"a\u000A":2}}]"#, "stands there twice"),
        ("{\n  \"é\": 1,\n  \"ü\": x\n}", "'x' is no JSON value, at line 3, column 8"),
        (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), "more than 64 deep, at column 65"),
        (String(repeating: "[", count: 100_000), "more than 64 deep"),
        (String(repeating: "{\"a\":", count: 100_000), "more than 64 deep"),
    ])
    func `What the standard forbids is refused with its place`(_ text: String, expected: String) throws {
        let fault = try #require(Self.fault(Array(text.utf8)), "\(text.prefix(40)) is accepted")
        #expect(fault.contains(expected), "\(fault)")
    }

    @Test func `Of many names the one that stands twice is found, however it is written`() throws {
        for again in ["name77", #"n\u0061me77"#, "name499", "name0"] {
            let names = (0..<500).map { "\"name\($0)\": {\"x\": 1}" } + ["\"\(again)\": 1"]
            let fault = try #require(Self.fault(Array("{\(names.joined(separator: ","))}".utf8)))
            #expect(fault.contains("'\(again)' stands there twice"), "\(fault)")
        }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE4, 0xB8], [0xF0, 0x9F, 0x98], [0xC3, 0x41],
            [0xFF],
            [0xE4, 0xB8, 0xC3], [0xF0, 0x9F, 0x98, 0x22],
        ] as [[UInt8]])
    func `Texts that are not UTF-8 are refused, at their ends and within`(_ bytes: [UInt8]) {
        for before in ["", "some text before it"] {
            for after in ["", "some text behind it"] {
                let text = Array("[\"\(before)".utf8) + bytes + Array("\(after)\"]".utf8)
                #expect(Self.fault(text) == "a text is not UTF-8, at column \(before.count + 3)")
            }
        }
    }

    @Test func `Numbers that are none are read only where a format allows them`() throws {
        let text = Array("[NaN, 1, -Infinity, Infinity, 2.5]".utf8)
        #expect(Self.fault(text)?.contains("'NaN' is no JSON value") == true)
        let floats = try #require(try JSONDocument(text, allowing: .nonFiniteNumbers).root.floats)
        #expect(floats[0].isNaN && floats[1...] == [1, -.infinity, .infinity, 2.5])
        for text in ["-NaN", "nan", "Inf", "infinity", "NaM", "NaNs", "+Infinity", "[Infinity0]", "I", "N", "-I"] {
            #expect(Self.fault(Array(text.utf8), .nonFiniteNumbers)?.contains("is no JSON value") == true, "\(text)")
        }
    }

    @Test func `Numbers are the nearest to what is written, and whole ones stay whole`() throws {
        let values: [Float] = [
            0.1, .leastNormalMagnitude, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 16_777_218, 1 / 3,
        ]
        #expect(try JSONDocument(Array("\(values)".utf8)).root.floats == values)
        let wholes = try JSONDocument(Array("[1, -2 ,123456789012345678\n,-0]".utf8)).root
        #expect(wholes.integers == [1, -2, 123_456_789_012_345_678, 0])
        #expect(wholes.elements.map(\.integer) == [1, -2, 123_456_789_012_345_678, 0])
        let mixed = try JSONDocument(Array("[7, 1e2, 1234567890123456789, -3]".utf8)).root
        #expect(mixed.integers == nil && mixed.floats == [7, 100, 1_234_567_939_550_609_408, -3])
        #expect(mixed.elements.map(\.integer) == [7, nil, nil, -3])
        #expect(mixed.elements.map(\.number) == [7, 100, 1_234_567_890_123_456_768, -3])
        #expect(try JSONDocument(Array("0.1".utf8)).root.number == 0.1)
    }

    @Test func `Members are found by their names, and null is none`() throws {
        let root = try JSONDocument(Array(#"{"a": null, "b\n": {"c": [1, "x", {}]}, "t": true}"#.utf8)).root
        #expect(root["a"] == nil && root["x"] == nil && root["t"]?.bool == true && root["t"]?.string == nil)
        #expect(root["b\n"]?["c"]?.elements.map(\.kind) == [.number, .string, .object])
        #expect(root["t"]?["c"] == nil && root.elements.isEmpty && root.number == nil && root.floats == nil)
    }

    @Test func `Lines are read one after the other, each in its own part of the bytes`() throws {
        let document = JSONDocument()
        let long = "{\"long\": [\(repeatElement("\"x\"", count: 1000).joined(separator: ","))]}"
        let lines = ["{\"a\": 1}", long, "{\"b\": tru}", "[2]"]
        let bytes = Array(lines.joined(separator: "\n").utf8)
        var start = 0
        var read: [String] = []
        for line in lines {
            let range = start..<start + line.utf8.count
            start = range.upperBound + 1
            do {
                read.append(try document.read(bytes, range) { "\($0.kind) \($0["long"]?.elements.count ?? 0)" })
            } catch let fault as JSONFault {
                read.append(fault.text)
            }
        }
        #expect(read == ["object 0", "object 1000", "'tru' is no JSON value, at column 7", "array 0"])
    }

    @Test func `A changed byte gives a value or a sentence, and what is accepted another reader accepts`() {
        let text = Array(#"{"a\u00e9": [1, -2.5e3, "x\\"], "bé": {"c": [null, true]}, "d": [1, 2, 3]}"#.utf8)
        for position in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[position] = byte
                guard Self.fault(changed) == nil else { continue }
                #expect(throws: Never.self, "byte \(position) as \(byte)") {
                    try JSONSerialization.jsonObject(with: Data(changed))
                }
            }
        }
    }
}
