import Attar
import Testing

struct JSONAnswersTests {
    private static func numbers(_ text: String) throws -> [Float] {
        var values: [Float] = []
        try JSONDocument(Array(text.utf8), allowing: .nonFiniteNumbers).root.appendNumbers(to: &values)
        return values
    }

    @Test func `Numbers are read from arrays in arrays, and null is a missing one`() throws {
        #expect(try Self.numbers("[1, [-2.5e1 ,[0.125]], [],3]") == [1, -25, 0.125, 3])
        let odd = try Self.numbers("[NaN,null,Infinity,-Infinity,1e999]")
        #expect(odd[0].isNaN && odd[1].isNaN && odd[2...] == [.infinity, -.infinity, .infinity])
    }

    @Test(arguments: [
        ("[\"1\"]", "'1' stands where a number should"), ("{}", "'{}' stands"), ("[1, true]", "'true' stands"),
    ])
    func `What are no numbers is refused`(_ text: String, expected: String) {
        let fault = #expect(throws: JSONFault.self) { try Self.numbers(text) }
        #expect(fault?.text.contains(expected) == true)
    }

    @Test(arguments: ["-1", "1.5", "1e3", "99999999999999999999", "\"1\"", "null"])
    func `What is no count is refused`(_ text: String) throws {
        let value = try JSONDocument(Array(text.utf8)).root
        #expect(throws: JSONFault.self) { try value.requiredCount() }
    }
}
