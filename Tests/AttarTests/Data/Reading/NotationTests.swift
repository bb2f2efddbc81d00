import Attar
import Foundation
import Testing

/// Tables whose numbers are not written as programs write them.
struct NotationTests {
    private func said(_ rows: Dataset) -> String { rows.notes.map(\.text).joined(separator: "\n") }

    @Test(arguments: [";", "\t", "|"])
    func `Decimal commas are read where another mark parts the fields, and said once`(mark: String) throws {
        let text = "a;b;c\n1,5;2;x\n2,25;3;y\n-0,5;4;x\n".replacing(";", with: mark)
        let rows = try table(text)
        #expect(numbers(rows, "a") == [1.5, 2.25, -0.5] && numbers(rows, "b") == [2, 3, 4])
        #expect(rows.notes.count == 1)
        #expect(
            said(rows).contains("is read with decimal commas, as in '1,5' in column 'a' (--decimal . reads points)"))
        let forced = try table(text) { $0.decimal = .point }
        #expect(forced.column(named: "a")?.kind == .text)
    }

    @Test func `Where commas part the fields, decimal commas are those in quotes`() throws {
        let rows = try table("a,b\n\"1,5\",2\n\"2,5\",3\n")
        #expect(numbers(rows, "a") == [1.5, 2.5] && numbers(rows, "b") == [2, 3])
        #expect(sentence { try table("a,b\n1,5,2\n") }.contains("line 2: 3 fields where the header has 2"))
    }

    @Test func `A thousand with a point is one where another column has decimal commas, and is said`() throws {
        let rows = try table("share;people\n0,5;1.234\n0,25;12.500\n")
        #expect(numbers(rows, "share") == [0.5, 0.25] && numbers(rows, "people") == [1234, 12500])
        #expect(said(rows).contains("Column 'people' is read as numbers, '1.234' as 1234"))
        #expect(try numbers(table("share,people\n0.5,1.234\n0.25,12.500\n"), "people") == [1.234, 12.5])
    }

    @Test func `Decimal commas that come late make a column of numbers all the same`() throws {
        let count = 200_000
        let lines = (0..<count).map { "\($0 % 100);\($0 == 150_000 ? "2,5" : "\($0 % 7)")" }
        let rows = try table("a;b\n" + lines.joined(separator: "\n") + "\n")
        #expect(numbers(rows, "b")[150_000] == 2.5 && numbers(rows, "b")[149_999] == Float(149_999 % 7))
        #expect(said(rows).contains("decimal commas, as in '2,5' in column 'b'"))
    }

    @Test func `Separators of thousands, currencies and percent are read, and each column is named once`() throws {
        let rows = try table(
            """
            price,people,share,mixed,units
            "$1,200.50","1,234",45%,5%,$5
            $5,"2,500",7.5%,0.05,€5
            "-$3,000.00",999,0,0.1,$7
            """)
        #expect(numbers(rows, "price") == [1200.5, 5, -3000] && numbers(rows, "people") == [1234, 2500, 999])
        #expect(numbers(rows, "share") == [0.45, 0.075, 0])
        #expect(rows.column(named: "mixed")?.kind == .text && rows.column(named: "units")?.kind == .text)
        for sentence in [
            "Column 'price' is read as numbers, '$1,200.50' as 1200.5 (--column 'price=text' keeps the texts)",
            "'1,234' as 1234", "'45%' as 0.45", "Column 'mixed' is read as text although 3 of its 3 values are numbers",
        ] {
            #expect(said(rows).components(separatedBy: sentence).count == 2, "\(said(rows))")
        }
        #expect(try texts(table("p\n$5\n$6\n") { $0.types["p"] = .text }, "p") == ["$5", "$6"])
    }

    @Test func `A model's notation settles what new rows alone do not tell, and another unit is refused`() throws {
        let training = try table("size;share\n1,5;5%\n2,25;7%\n")
        let encoder = try FeatureEncoder(fittedTo: training)
        let kept = try readAgain(encoder)
        #expect(kept == encoder)
        func new(_ text: String) throws -> Dataset { try table(text, reading: ReadingOptions(for: kept)) }
        #expect(try numbers(new("size;share\n1,234;5%\n"), "size") == [1.234])
        #expect(try numbers(new("size,share\n\"1,234\",5%\n"), "size") == [1.234])
        #expect(try numbers(new("size,share\n1.5,5%\n"), "size") == [1.5])
        #expect(
            sentence { try new("size;share\n1,5;0,05\n") }
                .contains("column 'share': '0,05' is no percentage, and the model was trained on percentages"))
        let plain = ReadingOptions(for: try FeatureEncoder(fittedTo: try table("share\n0.5\n0.25\n")))
        #expect(
            sentence { try withFile("share\n45%\n".utf8) { try Dataset.read($0, options: plain) } }
                .contains("'45%' is a percentage, and the model was trained on plain numbers"))
    }

    @Test func `Points that parted thousands in training do so in a table that shows no comma`() throws {
        let encoder = try readAgain(FeatureEncoder(fittedTo: table("share;people\n0,5;1.234\n0,25;12.500\n")))
        let rows = try table("share,people\n1,1.234\n2,12.500\n", reading: ReadingOptions(for: encoder))
        #expect(numbers(rows, "people") == [1234, 12500])
        // Numbers of JSON are what they are.
        let lines = "{\"share\": 0.5, \"people\": 1.5}\n"
        #expect(
            try numbers(table(lines, named: "rows.jsonl", reading: ReadingOptions(for: encoder)), "people") == [1.5])
    }

    @Test func `Texts of JSON that are figures alone stay texts`() throws {
        let rows = try table("{\"zip\": \"10115\"}\n{\"zip\": \"20095\"}\n{\"zip\": \"10115\"}\n", named: "t.jsonl")
        #expect(texts(rows, "zip") == ["10115", "20095", "10115"])
        #expect(try numbers(table("{\"a\": \"1,5\"}\n{\"a\": 2}\n", named: "t.jsonl"), "a") == [1.5, 2])
    }

    @Test func `A delimiter that only the header has most of gives way to one that all lines have alike`() throws {
        let rows = try table("a|b, c, d\n1|2\n3|4\n")
        #expect(rows.columns.map(\.name) == ["a", "b, c, d"] && numbers(rows, "a") == [1, 3])
        #expect(try table("a;b\n1;2\n") { $0.delimiter = "," }.columns.map(\.name) == ["a;b"])
    }
}
