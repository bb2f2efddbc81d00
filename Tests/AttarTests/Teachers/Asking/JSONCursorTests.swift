import Attar
import Foundation
import Testing

struct JSONCursorTests {
    private static func numbers(_ text: String) throws -> [Float] {
        var cursor = JSONCursor(Array(text.utf8))
        var values: [Float] = []
        try cursor.numbers(into: &values)
        try cursor.finish()
        return values
    }

    @Test func `Numbers are read from arrays in arrays`() throws {
        #expect(try Self.numbers("[1, [-2.5e1 ,[0.125]], [],3]") == [1, -25, 0.125, 3])
        let odd = try Self.numbers("[NaN,null,Infinity,-Infinity,1e999]")
        #expect(odd[0].isNaN && odd[1].isNaN && odd[2...] == [.infinity, -.infinity, .infinity])
    }

    @Test(arguments: ["[1", "[1,]", "[a]", "[\"1\"]", "[1] 2", "", "{}", "[+1]", "[NA]", "[true]", "[.5]"])
    func `What are no numbers is refused`(_ text: String) {
        #expect(throws: JSONCursor.Problem.self) { try Self.numbers(text) }
    }

    @Test(arguments: [
        #""plain é""#, #""a\"b\\c\/d\n\t\r\b\f""#, #""\u00e9\u4e2d\ud83d\ude00""#, #""x\u0041y""#, "\"\"",
    ])
    func `Texts are what another reader reads`(_ text: String) throws {
        var cursor = JSONCursor(Array(text.utf8))
        #expect(try cursor.string() == JSONDecoder().decode(String.self, from: Data(text.utf8)))
    }

    @Test(arguments: [#""open"#, #""\x""#, #""\u12""#, #""\"#])
    func `Texts that are none are refused`(_ text: String) {
        #expect(throws: JSONCursor.Problem.self) {
            var cursor = JSONCursor(Array(text.utf8))
            _ = try cursor.string()
        }
    }

    @Test func `Values are passed over, and depth has a limit`() throws {
        var cursor = JSONCursor(Array(#"{"a":{"b":[1,"x\"]",null]},"c":5,"d":true}"#.utf8))
        var found = 0
        try cursor.object { cursor, key in if key == "c" { found = try cursor.whole() } else { try cursor.skip() } }
        try cursor.finish()
        #expect(found == 5)
        #expect(throws: JSONCursor.Problem.self) {
            var deep = JSONCursor(Array(repeating: UInt8(ascii: "["), count: 100_000))
            try deep.skip()
        }
        #expect(throws: JSONCursor.Problem.self) {
            var large = JSONCursor(Array("99999999999999999999".utf8))
            _ = try large.whole()
        }
    }
}
