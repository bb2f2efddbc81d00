import Attar
import Testing

struct HeaderTests {
    @Test(arguments: ["0,1,2\n5.5,1,7\n6.5,0,8\n", "0,1\n0.5,1\n1.5,0\n", "0\n1.5\n0.5\n"])
    func `A first line that counts the columns is their names, as pandas writes it, and noted`(text: String) throws {
        let rows = try table(text)
        #expect(rows.columns.map(\.name) == rows.columns.indices.map(String.init) && rows.count == 2)
        #expect(rows.notes.count == 1 && rows.notes[0].text.contains("--header no reads it as a row"))
        #expect(try table(text) { $0.hasHeader = false }.count == 3)
    }

    @Test func `Of two columns of whole numbers the first line is a row, unless the caller says otherwise`() throws {
        let rows = try table("0,1\n1,0\n1,1\n")
        #expect(rows.count == 3 && rows.columns.map(\.name) == ["x0", "x1"])
        #expect(rows.notes.count == 1 && rows.notes[0].text.contains("--header yes"))
        #expect(try table("0,1\n1,0\n1,1\n") { $0.hasHeader = true }.columns.map(\.name) == ["0", "1"])
        #expect(try table("2019,2020\n1,0\n") { $0.hasHeader = true }.columns.map(\.name) == ["2019", "2020"])
        #expect(try table("a,b\n1,0\n") { $0.hasHeader = false }.columns.map(\.kind) == [.text, .text])
    }

    @Test(arguments: ["", "Unnamed: 0"])
    func `A first column without a name of its own that numbers rows is left out with a note`(name: String) throws {
        for index in [[0, 1, 2], [1, 2, 3], [812, 4, 9], [20_240_101, 20_240_102, 20_240_103]] {
            let rows = try table("\(name),a,b\n\(index[0]),5,x\n\(index[1]),6,y\n\(index[2]),7,x\n")
            #expect(rows.columns.map(\.name) == ["a", "b"])
            #expect(rows.notes.contains { $0.text.contains("numbers the rows and is left out (--column") })
        }
        let called = name.isEmpty ? "x0" : name
        let kept = try table("\(name),a\n0,5\n1,6\n") { $0.types[called] = .numeric }
        #expect(kept.columns.map(\.name) == [called, "a"])
        let other = try table("\(name),a\n3,5\n3,6\n")
        #expect(other.columns.map(\.name) == [called, "a"] && other.notes.count == 1)
        #expect(try table("id,a\n0,5\n1,6\n").columns.map(\.name) == ["id", "a"])
    }

    @Test func `Columns that are not to be used are left out, whatever they hold`() throws {
        let rows = try table("a,b,c\n1,x,2\n2,\u{1},3\n") { $0.unused = ["b"] }
        #expect(rows.columns.map(\.name) == ["a", "c"] && rows.notes.isEmpty)
        let lines = try withFile("{\"a\": 1, \"b\": [1]}\n{\"a\": 2, \"b\": [2]}\n".utf8, named: "t.jsonl") {
            try Dataset.read($0, options: ReadingOptions(unused: ["b"]))
        }
        #expect(lines.columns.map(\.name) == ["a"] && lines.count == 2)
    }

    @Test(arguments: [
        ("t.parquet", "is a Parquet file", "duckdb"), ("t.arrow", "is an Arrow file", "pyarrow"),
        ("t.feather", "is an Arrow file", "pyarrow"), ("t.xlsx", "is a workbook", "as CSV"),
    ])
    func `Files of other tools are refused with the way to turn them into CSV`(
        name: String, problem: String, remedy: String
    ) {
        let found = sentence { try Dataset.read(name) }
        #expect(found.contains(problem) && found.contains(remedy), "\(found)")
    }
}
