import Attar
import Foundation
import Testing

struct CSVReaderTests {
    @Test func `Numbers, categories and texts are told apart over all rows, and missing values are kept`() throws {
        let rows = try table(
            """
            number,colour,remark,empty
            1,red,first,
            ,blue,second,NA
            -2.5e1,red,third,
            ?,N/A,None,null
            """)
        #expect(rows.columns.map(\.kind) == [.numeric, .categorical, .text, .numeric])
        let values = numbers(rows, "number")
        #expect(values[0] == 1 && values[1].isNaN && values[2] == -25 && values[3].isNaN)
        #expect(texts(rows, "colour") == ["red", "blue", "red", nil])
        #expect(texts(rows, "remark") == ["first", "second", "third", nil])
        #expect(numbers(rows, "empty").allSatisfy { $0.isNaN } && rows.count == 4)
        #expect(rows.identifiers == [0, 1, 2, 3])
    }

    @Test(arguments: ["\n", "\r\n"])
    func `Quotes, line ends, blanks, blank lines and the byte order mark are read alike`(lineEnd: String) throws {
        let lines = [
            "\u{FEFF}a, \"b,c\" ,t", "1,\"say \"\"hi\"\"\",x", "", " 2 ,\"two\(lineEnd)lines\",x", "3,,\"\"",
        ]
        for ending in ["", lineEnd, "\r", lineEnd + lineEnd] {
            let rows = try table(lines.joined(separator: lineEnd) + ending)
            #expect(rows.columns.map(\.name) == ["a", "b,c", "t"])
            #expect(numbers(rows, "a") == [1, 2, 3])
            #expect(texts(rows, "b,c") == ["say \"hi\"", "two\(lineEnd)lines", nil])
            #expect(texts(rows, "t") == ["x", "x", nil])
        }
    }

    @Test(arguments: [",", ";", "\t"])
    func `The delimiter is the header's most frequent one`(delimiter: String) throws {
        let rows = try table("a\(delimiter)b\(delimiter)\"c,,,;;;\"\n1\(delimiter)2\(delimiter)3\n")
        #expect(rows.columns.map(\.name) == ["a", "b", "c,,,;;;"])
        #expect(numbers(rows, "b") == [2])
    }

    @Test func `A first line of numbers is no header, and a nameless column gets a name; both are noted`() throws {
        let bare = try table("1,2\n3,4\n")
        #expect(bare.columns.map(\.name) == ["x0", "x1"] && bare.count == 2 && bare.notes.count == 1)
        let nameless = try table("x1,\n3,4\n")
        #expect(nameless.columns.map(\.name) == ["x1", "x1_"] && nameless.notes.map(\.column) == ["x1_"])
    }

    @Test(arguments: [
        ("", "is empty"),
        ("a,b\n", "has a header and no rows"),
        ("\n\n", "nothing but blank lines"),
        ("a,b\n1,2\n\n1,2,3\n", "line 4: 3 fields where the header has 2"),
        ("a,b\n1\n", "line 2: 1 field where the header has 2"),
        ("a,a\n1,2\n", "names both column 1 and column 2 'a'"),
        ("a,b\n\"1\n\",\"x", "line 2: a quote is opened and never closed"),
        ("a,b\n\"1\"x,2\n", "line 2: text stands after a closing quote"),
        ("a,b\n1,2\n\"1\"\"\"\"2,2\n", "line 3: a quote is opened"),
        ("a,b\r1,2\r", "carriage returns alone"),
        ("a,b\n1,\"\n\n\"\n2,inf\n", ""),
        ("a,b\n1,2\n2,-Infinity\n", "line 3, column 'b': '-Infinity' is infinite"),
        ("a,b\n1,1e39\n", "line 2, column 'b': '1e39' is infinite or beyond 3.4e38"),
        ("a,b\n1,\u{0}\n", "is binary"),
    ])
    func `Bad files get a sentence that names file, line and column`(text: String, expected: String) {
        let found = sentence { try table(text) }
        #expect(expected.isEmpty ? found.isEmpty : found.contains(expected), "\(found)")
    }

    @Test func `Bytes that are not UTF-8 are refused with their line`() {
        let latin = Array("a,b\n1,x\n2,na".utf8) + [0xEF] + Array("ve\n".utf8)
        #expect(
            sentence { try withFile(latin) { try Dataset.read($0) } }.contains(
                "line 3, column 'b': the text is not UTF-8"))
        #expect(sentence { try withFile([0xFF, 0xFE, 0x61, 0]) { try Dataset.read($0) } }.contains("UTF-16"))
    }

    @Test
    func `Text in a column that was declared numeric is refused; where it was not, the note names the first of it`()
        throws
    {
        // Long enough that the text comes after the first chunk, so that a second pass has to read it.
        let count = 300_000
        let lines = (0..<count).map { "\($0),\($0 % 7),\($0 == 250_000 ? "abc" : "\($0 % 5)")" }
        let text = "id,other,late\n" + lines.joined(separator: "\n")
        #expect(
            sentence { try table(text, types: ["late": .numeric]) }
                .contains("line 250002, column 'late': 'abc' is text in a numeric column"))
        let rows = try table(text)
        #expect(rows.columns.map(\.kind) == [.numeric, .numeric, .categorical])
        #expect(rows.notes.count == 1 && "\(rows.notes)".contains("line 250002 holds 'abc'"))
        let late = texts(rows, "late")
        #expect(late.count == count && late[250_000] == "abc" && late[249_999] == "4")
        #expect(numbers(rows, "id")[250_000] == 250_000)
    }

    @Test func `Codes with leading zeros are no numbers, unless they are declared to be`() throws {
        let text = "zip\n1007\n007\n1007\n"
        let inferred = try table(text)
        #expect(texts(inferred, "zip") == ["1007", "007", "1007"])
        #expect(inferred.notes.count == 1)
        #expect(try numbers(table(text, types: ["zip": .numeric]), "zip") == [1007, 7, 1007])
        #expect(try table("id\n16777217\n").notes.count == 1)
        #expect(try texts(table("c\n1\n2\n", types: ["c": .categorical]), "c") == ["1", "2"])
    }

    @Test func `Gzip is unpacked, also where members follow each other; truncated gzip is refused`() throws {
        let rows = try Dataset.read(goldenPath("data/quoted.csv.gz"))
        #expect(texts(rows, "name") == ["say \"hi\"", "two\r\nlines", "ünïcode"])
        #expect(texts(rows, "note") == ["one, two", nil, "x;y"])
        #expect(numbers(rows, "value")[0] == 1.5 && numbers(rows, "value")[2] == -300)
        #expect(try numbers(Dataset.read(goldenPath("data/members.csv.gz")), "b") == [2, 4])
        #expect(sentence { try Dataset.read(goldenPath("data/truncated.csv.gz")) }.contains("is truncated"))
    }

    @Test func `Paths that cannot be read are refused`() {
        #expect(sentence { try Dataset.read("/nowhere/table.csv") }.contains("no such file"))
        #expect(
            sentence { try withFile([]) { try Dataset.read(($0 as NSString).deletingLastPathComponent + "/.csv") } }
                != "")
        #expect(sentence { try Dataset.read("table.sav") }.contains(".npz"))
    }

    @Test(arguments: 0..<8)
    func `Random bytes never crash the reader`(seed: UInt64) throws {
        var generator = SeededBytes(state: seed)
        let alphabet = Array("\",\n\r;a1.e-+ \t\u{E9}0".utf8)
        for _ in 0..<60 {
            let length = Int(generator.next() % 300)
            let bytes = (0..<length).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
            _ = try? withFile(bytes) { try Dataset.read($0) }
            _ = try? withFile(bytes, named: "table.jsonl") { try Dataset.read($0) }
        }
    }
}

/// A small source of bytes for fuzzing: a linear congruential generator.
struct SeededBytes {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}

/// The path of a golden file.
func goldenPath(_ name: String) -> String { goldenURL(name).path }
