import Attar
import Compute
import Testing

struct UBJSONReaderTests {
    @Test(arguments: [
        ("Z", PackedJSON.null), ("T", .bool(true)), ("F", .bool(false)),
        ("i\u{5}", .integer(5)), ("Si\u{2}ab", .string("ab")), ("Cx", .string("x")),
        ("[i\u{1}i\u{2}]", .array([.integer(1), .integer(2)])),
        ("[#i\u{1}i\u{7}", .array([.integer(7)])),
        ("[$i#i\u{2}\u{3}\u{4}", .integers([3, 4])),
        ("{i\u{1}aTi\u{1}bZ}", .object(["a": .bool(true), "b": .null])),
        ("{$i#i\u{1}i\u{1}a\u{9}", .object(["a": .integer(9)])),
    ])
    func `Values of each kind are read`(_ text: String, value: PackedJSON) throws {
        #expect(try UBJSONReader.value(of: Array(text.utf8)) == value)
    }

    @Test func `Numbers are big-endian and signed`() throws {
        #expect(try UBJSONReader.value(of: [0x49, 0xff, 0xfe]) == .integer(-2))
        #expect(try UBJSONReader.value(of: [0x55, 0xff]) == .integer(255))
        #expect(try UBJSONReader.value(of: [0x6c, 0, 1, 0, 2]) == .integer(65538))
        #expect(try UBJSONReader.value(of: [0x64, 0x3f, 0xc0, 0, 0]) == .number(1.5))
        #expect(try UBJSONReader.value(of: [0x44, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]) == .number(1.5))
    }

    @Test(
        arguments: [
            [], [0x5b], Array("Si".utf8), Array("Si\u{9}ab".utf8), Array("TT".utf8), Array("q".utf8), Array("[$d".utf8),
            Array("[$dd".utf8), Array("[$Z#i\u{5}".utf8), Array("{i\u{1}a".utf8),
            // Lengths that are negative or beyond any memory.
            [0x53, 0x69, 0xff], [0x5b, 0x24, 0x64, 0x23, 0x4c, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            [UInt8](repeating: 0x5b, count: 100_000),
        ] as [[UInt8]])
    func `Broken documents are refused`(_ bytes: [UInt8]) {
        let error = #expect(throws: AttarError.self) { try UBJSONReader.value(of: bytes) }
        #expect(error?.code == .malformedData)
    }

    @Test func `A saved model with bytes changed or cut off is read or refused, never more`() throws {
        let rows = try SampleRows.surface(40)
        let (booster, _) = try sampleBooster(rows, outputs: 1, rounds: 3)
        let saved = try booster.savedModel()
        var generator = SeededGenerator(seed: 20)
        var refused = 0
        for _ in 0..<2000 {
            var bytes = saved
            if generator.uniform() < 0.3 { bytes.removeLast(generator.index(below: bytes.count)) }
            for _ in 0...generator.index(below: 3) where !bytes.isEmpty {
                bytes[generator.index(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
            }
            do {
                let trees = try TreeEnsemble(xgboost: UBJSONReader.value(of: bytes), width: 3, baseScores: [0])
                #expect(trees.margins(for: rows.features).elements.allSatisfy { !$0.isNaN })
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500)
    }
}
