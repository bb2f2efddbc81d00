import Attar
import Compute
import Foundation
import Testing

/// Values that are told apart in a file have to be told apart behind it, and those that are the same have to be one.
struct ExactValueTests {
    private let days = "a,day\n1,20240101\n2,20240102\n3,20240101\n4,20240102\n"

    @Test func `Labels above 2^24 are classes of their own, with all their digits`() throws {
        for (text, name) in [
            (days, "t.csv"),
            (
                days.replacing(",2024", with: ",\"2024").replacing("\n", with: "\"\n").replacing(
                    "day\"", with: "day"), "t.csv"
            ),
            ("{\"day\": 20240101}\n{\"day\": 20240102}\n{\"day\": 20240101}\n{\"day\": 20240102}\n", "t.jsonl"),
        ] {
            let rows = try table(text, named: name)
            let target = try rows.with(columns: rows.columns + [Column("b", .numeric([1, 2, 3, 4]))])
                .taking(target: "day", kind: .classification).target
            #expect(target?.task.names == ["20240101", "20240102"] && target?.labels == [0, 1, 0, 1])
            #expect(rows.notes.contains { $0.column == "day" && $0.text.contains("told apart") })
        }
    }

    @Test func `What comes before and behind the first such number is kept, missing values included`() throws {
        let count = 200_000
        let values = (0..<count).map { $0 == 7 ? "" : $0 < 150_000 ? "\($0)" : "\(20_000_000 + $0)" }
        let column = try #require(table("id,x\n" + values.map { "\($0),1" }.joined(separator: "\n")).columns.first)
        let wholes = try #require(column.wholes)
        #expect(wholes.count == count && wholes[6] == 6 && wholes[7] == Column.missingWhole)
        #expect(wholes[149_999] == 149_999 && wholes[150_001] == 20_150_001)
        #expect(column.selecting([150_001, 7]).wholes == [20_150_001, Column.missingWhole])
        // A fraction anywhere makes them numbers.
        #expect(try table("v\n20240101\n1.5\n").columns[0].wholes == nil)
        #expect(try table("v\n1\n2\n").columns[0].wholes == nil)
    }

    @Test func `Arrays keep such numbers, too, column by column`() throws {
        let rows = try Dataset.read(goldenPath("data/big-whole.npy"))
        let big = try #require(rows.columns.first { $0.wholes != nil })
        #expect(rows.notes.map(\.column) == [big.name])
        #expect(zip(big.wholes ?? [], numbers(rows, big.name)).contains { Int64($1) != $0 })
    }

    @Test func `Groups and times are told apart by all digits, rows by them, and teachers are asked with them`() throws
    {
        let rows = try table(days)
        #expect(try rows.taking(group: "day").group?.numbers == [0, 1, 0, 1])
        #expect(try rows.taking(time: "day").time?.ranks == [0, 1, 0, 1])
        let alone = rows.with(columns: [rows.columns[1]])
        let hashes = RowHashes(alone).values
        #expect(hashes[0] == hashes[2] && hashes[0] != hashes[1])
        var text: [UInt8] = []
        JSONRows(alone).append([1], from: 0, to: &text)
        #expect(String(decoding: text, as: UTF8.self).contains("20240102"))
        // The same number in a file of others has the same hash.
        let held = try table("day\n5\n6\n").contents.values
        #expect(RowHashes(try table("day\n5\n20240101\n")).values[0] == held[0])
    }

    @Test func `Whole numbers in code keep their digits where they are categories`() throws {
        let encoder = try FeatureEncoder(
            fittedTo: Dataset(
                source: "t",
                columns: [Column.categorical("day", codes: [0, 1], names: ["20240101", "20240102"])]))
        #expect(Column.label(of: 20_240_102.0 as Double) == "20240102")
        #expect(encoder.features == ["day=20240101", "day=20240102", "day=other"])
    }

    @Test func `Classes that differ in Unicode form only are one, are noted, and can be kept and read again`()
        async throws
    {
        let (composed, parts) = ("caf\u{E9}", "cafe\u{301}")
        let lines = (0..<40).map { "\($0 % 10),\($0 % 10 < 5 ? ($0 % 2 == 0 ? composed : parts) : "tea")" }
        let rows = try table("a,drink\n" + lines.joined(separator: "\n"))
        #expect(rows.notes.count == 1 && rows.notes[0].text.contains("NFC and NFD"))
        let labelled = try rows.taking(target: "drink")
        #expect(labelled.target?.task.names == ["café", "tea"])
        var recipe = Recipe()
        recipe.threads = 1
        let artifact = try await TrainedTeacher(
            Specification("tree[leaves=4]"), on: labelled, recipe: recipe
        ).artifact
        let read = try Artifact(bytes: artifact.encoded(), path: "m.attar")
        #expect(try await read.model.predict(rows) == artifact.model.predict(rows))
        // The same as a feature, and among columns made in code.
        let codes = (0..<40).map { Int32($0 % 3) }
        let made = Column("drink", .categorical(codes: codes, categories: [composed, parts, "tea"]))
        #expect(made.asCategories()?.names == [composed, "tea"])
        let encoder = try FeatureEncoder(fittedTo: try table("drink\n\(composed)\n\(parts)\ntea\ntea\n"))
        #expect(try JSONValue(encoding: encoder).decoded(as: FeatureEncoder.self).width == 3)
    }

    @Test func `True, TRUE and true are one category, also for a model that was trained on another form`() throws {
        let rows = try table("member,y\nTrue,1\nTRUE,2\nfalse,3\nFALSE,4\n,5\n")
        #expect(texts(rows, "member") == ["True", "True", "false", "false", nil])
        let encoder = try FeatureEncoder(fittedTo: rows)
        let expected = try encoder.encoded(rows).elements
        for (yes, no) in [("true", "false"), ("TRUE", "False"), ("1", "0")] {
            let text = "member,y\n\(yes),1\n\(yes),2\n\(no),3\n\(no),4\n,5\n"
            let new = try table(text, reading: ReadingOptions(for: encoder))
            #expect(try encoder.encoded(new).elements == expected, "\(yes)")
        }
        // A model of numbers takes them as 1 and 0, and says so.
        let numeric = try table("member\nTrue\nfalse\n", types: ["member": .numeric])
        #expect(numbers(numeric, "member") == [1, 0] && numeric.notes.count == 1)
    }

    @Test func `True and False are classes, the same in whatever form`() throws {
        let training = try table("a,paid\n1,True\n2,False\n3,true\n4,FALSE\n").taking(target: "paid")
        #expect(training.target?.task.names == ["False", "True"] && training.target?.labels == [1, 0, 1, 0])
        let test = try table("{\"a\": 1, \"paid\": true}\n{\"a\": 2, \"paid\": false}\n", named: "t.jsonl")
            .taking(target: "paid", matching: training.target?.task)
        #expect(test.target?.labels == [1, 0])
    }
}
