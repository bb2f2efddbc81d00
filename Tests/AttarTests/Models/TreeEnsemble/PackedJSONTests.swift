import Attar
import Testing

struct PackedJSONTests {
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
        #expect(try PackedJSON(parsing: Array(text.utf8)) == value)
    }

    @Test func `A number that is none is NaN`() throws {
        let value = try PackedJSON(parsing: Array("[NaN, 1]".utf8))
        #expect(value.floatElements?.first?.isNaN == true && value.floatElements?.last == 1)
    }

    @Test func `Members that are dropped are still checked`() throws {
        let text = Array("{\"a\": [1, 2], \"b\": 3}".utf8)
        #expect(try PackedJSON(parsing: text, dropping: ["a"]) == .object(["a": .null, "b": .integer(3)]))
        let error = #expect(throws: AttarError.self) {
            try PackedJSON(parsing: Array("{\"a\": [1, 2}".utf8), dropping: ["a"])
        }
        #expect(error?.code == .malformedData)
        #expect(error?.problem == "it is not JSON: an array is not closed by ']', at column 12")
    }
}
