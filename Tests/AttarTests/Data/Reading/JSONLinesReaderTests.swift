import Attar
import Testing

struct JSONLinesReaderTests {
    private func rows(_ text: String) throws -> Dataset { try table(text, named: "table.jsonl") }

    @Test func `Arrays stay arrays where another column turns out to be text late`() throws {
        let rows = try table(
            #"{"b":1,"t":[7,8,9]}"# + "\n" + #"{"b":2,"t":[4,5,6.5]}"# + "\n" + #"{"b":"x","t":[1,2,3]}"#,
            named: "t.jsonl")
        #expect(rows.column(named: "t")?.storage == .tensor([7, 8, 9, 4, 5, 6.5, 1, 2, 3], shape: [3]))
        #expect(texts(rows, "b") == ["1", "2", "x"])
    }

    @Test func `Numbers, texts, booleans, nulls, arrays and names that come and go are read`() throws {
        let rows = try rows(
            """
            {"a": 1, "b": "x\\u00e9\\n", "c": true, "v": [1, 2.5]}
            {"b": "y", "a": -2e1, "v": [3, null]}

            {"c": false, "late": 5, "a": null, "b": "y", "v": [0, 1]}
            """)
        #expect(rows.columns.map(\.name) == ["a", "b", "c", "v", "late"])
        #expect(numbers(rows, "a")[0...1] == [1, -20] && numbers(rows, "a")[2].isNaN)
        #expect(texts(rows, "b") == ["xé\n", "y", "y"])
        #expect(texts(rows, "c") == ["true", nil, "false"])
        #expect(numbers(rows, "late")[0].isNaN && numbers(rows, "late")[2] == 5)
        let (values, shape) = try #require(rows.column(named: "v")).requiredArrays()
        #expect(shape == [2] && values[1] == 2.5 && values[3].isNaN && values.count == 6)
    }

    @Test func `A column that turns out to be text late is read again as text`() throws {
        let lines = (0..<60_000).map { "{\"id\": \($0), \"x\": \($0 == 55_000 ? "\"odd\"" : "\($0 % 3)")}" }
        let rows = try rows(lines.joined(separator: "\n"))
        #expect(texts(rows, "x")[55_000] == "odd" && texts(rows, "x")[1] == "1" && texts(rows, "x").count == 60_000)
        #expect(numbers(rows, "id").last == 59_999)
    }

    @Test(arguments: [
        ("", "is empty"),
        ("{\"a\": 1}\n[1]\n", "line 2: the line is not a JSON object"),
        ("{\"a\": 1}\n{\"a\": 1\n", "line 2: an object is not closed by '}', at column 8"),
        ("{\"a\": {\"b\": 1}}\n", "line 1: a value is an object"),
        ("{\"a\": [[1]]}\n", "line 1: an array holds an array"),
        ("{\"a\": [1]}\n{\"a\": [1, 2]}\n", "line 2, column 'a': an array of 2 numbers follows arrays of 1"),
        ("{\"a\": [1]}\n{}\n", "line 2, column 'a': an array is expected"),
        ("{\"a\": 1, \"a\": 2}\n", "line 1: the name 'a' stands there twice"),
        ("{\"é\": 1, \"e\u{301}\": 2}\n", "stands there twice"),
        ("{\"a\": tru}\n", "'tru' is no JSON value"),
        ("{\"a\": 01}\n", "'01' is no JSON value"),
        ("{\"a\": 1e999}\n", "line 1, column 'a': '1e999' is infinite"),
        ("{\"a\": Infinity}\n", "line 1, column 'a': 'Infinity' is infinite"),
        ("{\"a\": \"x}\n", "a text is not closed"),
        ("{\"a\": 1} x\n", "text stands behind the value"),
        ("{}\n", "have no members"),
    ])
    func `Bad lines get a sentence that names the line`(text: String, expected: String) {
        let found = sentence { try rows(text) }
        #expect(found.contains(expected), "\(found)")
    }
}
