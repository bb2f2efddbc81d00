import Attar
import Foundation
import Testing

struct PackedJSONReaderTests {
    @Test(arguments: [
        ("null", PackedJSON.null), ("true", .bool(true)), (" false ", .bool(false)), ("-5", .integer(-5)),
        ("2.5", .number(2.5)), ("1E-45", .number(1e-45)), ("\"a\\u00e9\\n\"", .string("aé\n")), ("[]", .array([])),
        ("[1, -2,3]", .integers([1, -2, 3])), ("[1, 2.5E0, 3]", .floats([1, 2.5, 3])), ("[0.1]", .floats([0.1])),
        ("[1E-45, -Infinity]", .floats([.leastNonzeroMagnitude, -.infinity])),
        ("[1, \"a\"]", .array([.integer(1), .string("a")])),
        ("[[1], [true]]", .array([.integers([1]), .array([.bool(true)])])),
        ("{\"a\": {\"b\": []}, \"c\": 1}", .object(["a": .object(["b": .array([])]), "c": .integer(1)])),
        ("[12345678901234567890]", .floats([12_345_679_395_506_094_080])),
    ])
    func `Values of each kind are read`(_ text: String, value: PackedJSON) throws {
        #expect(try PackedJSONReader.value(of: Array(text.utf8)) == value)
    }

    @Test func `A number that is none is NaN`() throws {
        let value = try PackedJSONReader.value(of: Array("[NaN, 1]".utf8))
        #expect(value.floatElements?.first?.isNaN == true && value.floatElements?.last == 1)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "[1", "[1,", "[1,]",
        "[1 2]", "\"a",
        "\"\\", "\"\\q\"", "1 2", "01", "-", "1e", "+1", "--1", "[1, 2, x]", "{\"a\":1,\"a\":1}", "Inf", "NaM",
        String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
    ])
    func `Broken documents are refused`(_ text: String) {
        let error = #expect(throws: AttarError.self, "\(text.prefix(20))") {
            try PackedJSONReader.value(of: Array(text.utf8))
        }
        #expect(error?.code == .malformedData)
    }

    @Test func `Members that are dropped are still read`() throws {
        let text = Array("{\"a\": [1, 2], \"b\": 3}".utf8)
        #expect(try PackedJSONReader.value(of: text, dropping: ["a"]) == .object(["a": .null, "b": .integer(3)]))
        #expect(throws: AttarError.self) {
            try PackedJSONReader.value(of: Array("{\"a\": [1, 2}".utf8), dropping: ["a"])
        }
    }

    @Test func `Floats are the nearest to what is written`() throws {
        for value in [Float(0.1), .leastNormalMagnitude, .greatestFiniteMagnitude, 16_777_218, 1 / 3] {
            guard case .floats(let read) = try PackedJSONReader.value(of: Array("[\(value), 0.5]".utf8)) else {
                Issue.record("\(value) is a float")
                continue
            }
            #expect(read[0] == value)
        }
    }
}
