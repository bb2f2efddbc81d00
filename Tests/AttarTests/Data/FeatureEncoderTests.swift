import Attar
import Compute
import Foundation
import Testing

struct FeatureEncoderTests {
    private let training = Dataset(
        source: "training.csv",
        columns: [
            Column("age", .numeric([1, 2, .nan, 3])),
            Column("colour", .categorical(codes: [0, 2, 0, -1], categories: ["blue", "never", "red"])),
            Column("constant", .numeric([0.1, 0.1, 0.1, 0.1])),
            Column("note", .text(["a", "b", "c", "d"])),
            Column("pair", .tensor([0, 2, 0, 2, 0, 2, 0, 2], shape: [2])),
        ])

    @Test
    func `Numbers are standardised, categories one-hot, and missing values told by an indicator or the last feature`()
        throws
    {
        let encoder = try FeatureEncoder(fittedTo: training)
        #expect(
            encoder.features == [
                "age", "age is missing", "colour=blue", "colour=red", "colour=other", "constant", "pair[0]", "pair[1]",
            ])
        #expect(encoder.width == 8 && encoder.ignored == ["note"])
        let deviation = Float((2.0 / 3.0).squareRoot())
        let expected: [Float] = [
            (1 - 2) / deviation, 0, 1, 0, 0, 0, -1, 1,
            0, 0, 0, 1, 0, 0, -1, 1,
            0, 1, 1, 0, 0, 0, -1, 1,
            (3 - 2) / deviation, 0, 0, 0, 1, 0, -1, 1,
        ]
        #expect(try encoder.encoded(training).elements == expected)
    }

    @Test
    func `Columns are found by name; unseen categories and enormous or missing values give finite features`() throws {
        let encoder = try FeatureEncoder(fittedTo: training)
        let rows = Dataset(
            source: "test.csv",
            columns: [
                Column("extra", .numeric([1, 1])),
                Column("pair", .tensor([.nan, 3.4e38, 0, 2], shape: [2])),
                Column("constant", .numeric([.nan, -3.4e38])),
                Column("colour", .text(["green", "red"])),
                Column("age", .categorical(codes: [-1, -1], categories: [])),
            ])
        let features = try encoder.encoded(rows)
        #expect(features.elements == [0, 1, 0, 0, 1, 0, 0, 1e6, 0, 1, 0, 1, 0, -1e6, -1, 1])
        #expect(encoder.unexpectedColumns(in: rows) == ["extra"])
    }

    @Test func `Numbers stand for categories that look like them`() throws {
        let rows = Dataset(
            source: "codes", columns: [Column("c", .categorical(codes: [0, 1, 2, 0], categories: ["1", "2", "A"]))])
        let encoder = try FeatureEncoder(fittedTo: rows)
        let numeric = Dataset(source: "codes", columns: [Column("c", .numeric([2, 1, .nan, 3]))])
        #expect(try encoder.encoded(numeric).elements == [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1])
        #expect(encoder.schema == ["c": .categorical])
    }

    @Test func `A raw row is encoded to the same bits as a column is`() throws {
        let encoder = try FeatureEncoder(fittedTo: training)
        let raw = try encoder.rawRows(training)
        let encoded = try encoder.encoded(training)
        for row in 0..<training.count {
            var features = [Float](repeating: .nan, count: encoder.width)
            var output = features.mutableSpan
            encoder.encode(Array(raw.row(row)).span, into: &output)
            #expect(features == Array(encoded.row(row)))
        }
        #expect(raw.columns == 5 && raw[1, 1] == 1 && raw[3, 1].isNaN && raw[2, 0].isNaN)
    }

    @Test func `Columns that are missing or of another type are refused by name`() throws {
        let encoder = try FeatureEncoder(
            fittedTo: Dataset(source: "t", columns: [Column("age", .numeric([1, 2])), Column("b", .numeric([1, 2]))]))
        let misspelled = Dataset(source: "u.csv", columns: [Column("agee", .numeric([1])), Column("b", .numeric([1]))])
        let found = sentence { try encoder.encoded(misspelled) }
        #expect(found.contains("u.csv lacks the column 'age'") && found.contains("Did you mean 'agee'"), "\(found)")
        let text = Dataset(
            source: "u.csv", columns: [Column("age", .text(["1", "old"])), Column("b", .numeric([1, 1]))])
        let other = sentence { try encoder.encoded(text) }
        #expect(
            other.contains("row 2: column 'age' holds 'old', and the model was trained on numbers"),
            "\(other)")
        let alone = try FeatureEncoder(fittedTo: Dataset(source: "t", columns: [Column("n", .text(["a"]))]))
        #expect(alone.columns.map(\.kind) == [.text] && alone.ignored.isEmpty)
    }

    @Test func `The JSON gives the same encoder back, and stays small`() throws {
        var encoder = try FeatureEncoder(fittedTo: training)
        #expect(try JSONValue(encoding: encoder).decoded(as: FeatureEncoder.self) == encoder)
        let wide = (0..<64).map { column in
            Column("pixel_\(column / 8)_\(column % 8)", .numeric((0..<50).map { sin(Float($0 * (column + 1))) * 7 }))
        }
        encoder = try FeatureEncoder(fittedTo: Dataset(source: "wide", columns: wide))
        let text = try JSONValue(encoding: encoder).text()
        #expect(text.utf8.count <= 6_000)
        #expect(try JSONValue(parsing: text).decoded(as: FeatureEncoder.self) == encoder)
        #expect(throws: AttarError.self) {
            try JSONValue(parsing: #"{"columns":[{"name":"a","deviation":0}]}"#).decoded(as: FeatureEncoder.self)
        }
    }

    @Test func `Rows rounding to one value are constant, however large`() throws {
        let rows = Dataset(source: "t", columns: [Column("a", .numeric([Float](repeating: 1.6e9, count: 1000)))])
        #expect(try FeatureEncoder(fittedTo: rows).encoded(rows).elements.allSatisfy { $0 == 0 })
    }
}
