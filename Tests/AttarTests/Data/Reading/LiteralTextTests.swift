import Attar
import Foundation
import Testing

/// Texts that stand for themselves, and numbers that stand for nothing.
struct LiteralTextTests {
    private static let literals: Set = [" red", "red", "red ", "1.0", "NA", "\tx"]

    @Test(arguments: [",", ";", "|"])
    func `Texts that stand for themselves keep their blanks, and are neither numbers nor missing`(_ mark: String) throws
    {
        let delimiter = mark == "|" ? "\t" : mark
        let lines = [
            "s,n", " red, 1", "red,2", "red ,3", "1.0,4", "NA,5", ",6", "\" red\",7", "?,8", "  blue ,9",
            "\" red\" ,10",
        ]
        let text = lines.joined(separator: "\n").replacingOccurrences(of: ",", with: delimiter)
        for ending in ["", "\n", "\r\n"] {
            let rows = try table(text + ending, reading: ReadingOptions(literals: ["s": Self.literals]))
            #expect(
                texts(rows, "s")
                    == [" red", "red", "red ", "1.0", "NA", nil, " red", nil, "blue", " red"])
            #expect(numbers(rows, "n") == (1...10).map(Float.init))
        }
        // The last field of a file and of a line.
        let last = try table("n,s\n1, red\r\n2,red \n3,red ", reading: ReadingOptions(literals: ["s": Self.literals]))
        #expect(texts(last, "s") == [" red", "red ", "red "])
    }

    @Test func `A column of texts that all look like numbers is one of categories`() throws {
        let plain = try table("s\n1.0\n2\n1.0\n")
        #expect(plain.columns[0].kind == .numeric)
        let rows = try table("s\n1.0\n2\n1.0\n", reading: ReadingOptions(literals: ["s": ["1.0", "2"]]))
        #expect(texts(rows, "s") == ["1.0", "2", "1.0"])
    }

    @Test func `JSON's texts stand for themselves as well`() throws {
        let lines =
            #"{"s": "NA"}"# + "\n" + #"{"s": " red"}"# + "\n" + #"{"s": null}"# + "\n" + #"{"s": "null"}"# + "\n"
        let rows = try table(lines, named: "rows.jsonl", reading: ReadingOptions(literals: ["s": Self.literals]))
        #expect(texts(rows, "s") == ["NA", " red", nil, nil])
    }

    @Test func `Only columns with a text that reading changes are read so`() {
        var options = ReadingOptions()
        options.add(literals: [
            "plain": ["red", "blue", "1", "-2.5"], "changed": ["red", " blue"], "dates": ["20240101"],
        ])
        #expect(options.literals == ["changed": ["red", " blue"], "dates": ["20240101"]])
        for text in ["NA", "nan", "?", "", "1.0", "1e3", "red ", "\tred", "1,234", "45%", "$5"] {
            var own = ReadingOptions()
            own.add(literals: ["s": [text]])
            #expect(own.literals["s"] == [text], "'\(text)'")
        }
    }

    @Test func `A column that somebody wants as something else is read as that`() {
        var options = ReadingOptions(types: ["s": .numeric, "c": .categorical])
        options.add(literals: ["s": ["1.0"], "c": ["1.0"]])
        #expect(options.literals == ["c": ["1.0"]])
    }

    @Test func `Numbers that stand for missing values are missing in every column, with a note`() throws {
        let rows = try table(
            "a,b,c\n-999,1,x\n2,-999,-999\n-999.0,3,x\n5,9999,y\n", reading: ReadingOptions(missing: [-999, 9999]))
        #expect(numbers(rows, "a").map(\.isNaN) == [true, false, true, false])
        #expect(numbers(rows, "b").map(\.isNaN) == [false, true, false, true])
        #expect(texts(rows, "c") == ["x", nil, "x", "y"])
        #expect(rows.notes.map(\.column) == ["a", "b", "c"])
        #expect(rows.notes[0].text.contains("-999 or 9999 in 2 rows"))
    }

    @Test func `Nines far from all other values are asked about, and numbers like others are not`() throws {
        func column(_ name: String, _ value: (Int) -> String) -> [String] { [name] + (0..<40).map(value) }
        let columns = [
            column("far") { $0 % 8 == 0 ? "-999" : "\($0 % 5)" }, column("once") { $0 == 0 ? "9999" : "\($0 % 5)" },
            column("near") { $0 % 8 == 0 ? "99" : "\(60 + $0)" }, column("price") { $0 % 8 == 0 ? "998" : "\($0 % 5)" },
        ]
        let text = (0...40).map { row in columns.map { $0[row] }.joined(separator: ",") }.joined(separator: "\n") + "\n"
        let rows = try table(text)
        #expect(
            rows.notes.map(\.text) == [
                "Column 'far' holds -999 in 5 rows, far from all its other values: --missing -999 reads it as missing"
            ])
        #expect(try table(text, reading: ReadingOptions(missing: [-999])).notes.map(\.text).count == 1)
        #expect(try table(text, types: ["far": .numeric]).notes.isEmpty)
    }

    @Test func `Numbers read as missing leave the others as they were written`() throws {
        let rows = try table("k,x\n16777217,1\n-9,2\n16777219,3\n", reading: ReadingOptions(missing: [-9]))
        #expect(rows.column(named: "k")?.wholes == [16_777_217, Column.missingWhole, 16_777_219])
        #expect(numbers(rows, "k").map(\.isNaN) == [false, true, false])
        let prices = try table("p\n\"1,5\"\n-9\n\"2,25\"\n", reading: ReadingOptions(missing: [-9]))
        #expect(
            prices.column(named: "p")?.notation
                == (try table("p\n\"1,5\"\n-9\n\"2,25\"\n")).column(named: "p")?.notation)
    }

    @Test func `A model reads rows as its training rows were read`() throws {
        let text = "s,n\n red,1\nred,-999\n red,3\nred,4\n"
        let rows = try table(text, reading: ReadingOptions(literals: ["s": [" red", "red"]], missing: [-999]))
        let encoder = try FeatureEncoder(fittedTo: rows)
        #expect(encoder.missing == [-999])
        // Through its file.
        let stored = try JSONDecoder().decode(FeatureEncoder.self, from: JSONEncoder().encode(encoder))
        let again = try table(text, reading: ReadingOptions(for: stored))
        // A missing number is not equal to itself.
        #expect("\(again.columns)" == "\(rows.columns)")
        #expect(try stored.encoded(again) == encoder.encoded(rows))
        // Rows that were not read from a file hold the number itself.
        let own = Dataset(
            source: "own", columns: [rows.columns[0], Column("n", .numeric([1, -999, 3, 4]))])
        #expect(try encoder.encoded(own) == encoder.encoded(rows))
        #expect(try encoder.rawRows(own)[1, 1].isNaN)
    }
}
