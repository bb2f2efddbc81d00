import Attar
import Compute
import Testing

struct FeatureLayoutTests {
    private func encoder(_ columns: [Column]) throws -> FeatureEncoder {
        try FeatureEncoder(fittedTo: Dataset(source: "rows", columns: columns))
    }

    private let colour = Column(
        "x", .bytes([0, 10, 200, 2, 30, 220, 4, 50, 240, 6, 70, 255], shape: [1, 2, 3]))

    @Test func `One array a row is a picture, one sequence of token ids a sequence, and all else is flat`() throws {
        #expect(try encoder([colour]).layout == .picture(height: 1, width: 2, channels: 3))
        let grey = Column("x", .tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2]))
        #expect(try encoder([grey]).layout == .picture(height: 2, width: 2, channels: 1))
        #expect(try encoder([grey, Column("age", .numeric([1, 2]))]).layout == .flat(width: 5))
        #expect(try encoder([grey, Column("note", .text(["a", "b"]))]).layout.dimensions == [2, 2, 1])
        #expect(try encoder([Column("v", .tensor([1, 2, 3, 4], shape: [2]))]).layout == .flat(width: 2))
        let tokens = Column("tokens", .tensor([5, 0, 9, 1, 2, 0], shape: [3]))
        #expect(try encoder([tokens]).layout == .tokens(length: 3, vocabulary: 11))
    }

    @Test
    func `Each channel of a picture is standardised by itself, from bytes as from floats, in a table as row by row`()
        throws
    {
        let encoder = try encoder([colour])
        #expect(encoder.columns[0].means == [3, 40, 228.75])
        let (bytes, shape) = try colour.requiredBytes()
        let floats = Dataset(source: "rows", columns: [Column("x", .tensor(bytes.map(Float.init), shape: shape))])
        let ofFloats = try FeatureEncoder(fittedTo: floats)
        #expect(ofFloats == encoder)
        let encoded = try encoder.encoded(Dataset(source: "rows", columns: [colour]))
        #expect(try encoder.encoded(floats) == encoded)
        // Deviation of 0, 2, 4, 6 around 3 is √5.
        #expect(encoded[0, 0] == -3 / Float(5).squareRoot() && encoded[1, 3] == 3 / Float(5).squareRoot())
        let black = [Float](repeating: 0, count: 6)
        var features = [Float](repeating: 9, count: 6)
        var span = features.mutableSpan
        encoder.encode(black.span, into: &span)
        #expect(Array(features[0..<3]) == encoder.black && Array(features[3...]) == encoder.black)
        let raw = try encoder.rawRows(floats)
        #expect(raw.elements == bytes.map(Float.init))
        #expect(try encoder.rawRows(Dataset(source: "rows", columns: [colour])) == raw)
    }

    @Test
    func `Token ids stay as they are; those that training never saw share the last one, and a missing one is padding`()
        throws
    {
        let encoder = try encoder([Column("tokens", .tensor([5, 0, 9, 1, 2, 0], shape: [3]))])
        let other = Dataset(
            source: "rows", columns: [Column("tokens", .tensor([9, 10, .nan, 400, 1, -1], shape: [3]))])
        #expect(try encoder.encoded(other).elements == [9, 10, 0, 10, 1, 10])
        let raw = try encoder.rawRows(other)
        for row in 0..<2 {
            var features = [Float](repeating: 7, count: 3)
            var span = features.mutableSpan
            encoder.encode(Array(raw.row(row)).span, into: &span)
            #expect(features == (row == 0 ? [9, 10, 0] : [10, 1, 10]))
        }
        let fractions = try self.encoder([Column("tokens", .tensor([0.5, 1, 2, 3], shape: [2]))])
        #expect(fractions.layout == .flat(width: 2))
    }

    @Test func `A schema with pictures or tokens reads back as it was written`() throws {
        for column in [colour, Column("tokens", .tensor([5, 0, 9, 1], shape: [2]))] {
            let encoder = try encoder([column])
            let json = try JSONValue(encoding: encoder)
            #expect(try json.decoded(as: FeatureEncoder.self) == encoder)
        }
    }

    @Test func `The only array of a row stands for the model's, whatever it is called, if its shape fits`() throws {
        let encoder = try encoder([colour])
        let renamed = Dataset(source: "photos", columns: [Column("picture", colour.storage)])
        #expect(encoder.unexpectedColumns(in: renamed).isEmpty)
        #expect(try encoder.encoded(renamed).rows == 2)
        let turned = Dataset(
            source: "photos", columns: [Column("picture", .bytes([1, 2, 3, 4, 5, 6], shape: [2, 1, 3]))])
        #expect(throws: AttarError.self) { try encoder.encoded(turned) }
        let grey = try self.encoder([Column("x", .tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2]))])
        let deep = Dataset(source: "photos", columns: [Column("x", .bytes([1, 2, 3, 4], shape: [2, 2, 1]))])
        #expect(try grey.encoded(deep).rows == 1)
    }
}
