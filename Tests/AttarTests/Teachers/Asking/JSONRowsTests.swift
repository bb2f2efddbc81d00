import Attar
import CKernels
import Compute
import Foundation
import Testing

struct JSONRowsTests {
    /// The lines, read by another reader.
    private static func read(_ rows: Dataset, _ positions: [Int], from first: Int = 0) throws -> [NSDictionary] {
        var text: [UInt8] = Array("before\n".utf8)
        JSONRows(rows).append(positions, from: first, to: &text)
        return try text.split(separator: 10).dropFirst().map {
            try #require(try JSONSerialization.jsonObject(with: Data($0)) as? NSDictionary)
        }
    }

    @Test func `Rows of every type of column are what another reader reads`() throws {
        let rows = Dataset(
            source: "r",
            columns: [
                Column("a \"number\"", .numeric([1, .nan, -2.5])),
                Column("c", .categorical(codes: [1, -1, 0], categories: ["x\ny", "é\u{1F600}"])),
                Column("t", .text(["tab\t\u{1}\\", "", "ok"])),
                Column("m", .tensor((0..<12).map(Float.init), shape: [2, 2])),
                Column("b", .bytes([0, 255, 7], shape: [1])),
            ])
        let lines = try Self.read(rows, [2, 0, 1], from: 40)
        #expect(
            lines == [
                [
                    "id": 40,
                    "row": [
                        "a \"number\"": -2.5, "c": "x\ny", "t": "ok", "m": [[8, 9], [10, 11]], "b": [7],
                    ] as NSDictionary,
                ],
                [
                    "id": 41,
                    "row": [
                        "a \"number\"": 1, "c": "é\u{1F600}", "t": "tab\t\u{1}\\", "m": [[0, 1], [2, 3]], "b": [0],
                    ] as NSDictionary,
                ],
                [
                    "id": 42,
                    "row": [
                        "a \"number\"": NSNull(), "c": NSNull(), "t": "", "m": [[4, 5], [6, 7]], "b": [255],
                    ] as NSDictionary,
                ],
            ])
    }

    @Test func `Numbers give the same float back, and short ones are short`() {
        func text(_ value: Float) -> String {
            var bytes = [UInt8](repeating: 0, count: Int(ATTAR_JSON_NUMBER))
            let count = attar_json_number(value, &bytes)
            return String(decoding: bytes[..<count], as: UTF8.self)
        }
        for (value, short) in [
            (0, "0"), (1, "1"), (-17, "-17"), (0.5, "0.5"), (0.1, "0.1"), (3.14159, "3.14159"),
            (16_777_216, "16777216"),
            (-0.001, "-0.001"), (255.25, "255.25"),
        ] as [(Float, String)] { #expect(text(value) == short) }
        #expect(text(.nan) == "null" && text(.infinity) == "null")
        var generator = SeededGenerator(seed: 3, stream: "numbers")
        var wrong = 0
        for _ in 0..<200_000 {
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            if value.isFinite, Float(text(value)) != value { wrong += 1 }
            let usual = Float(Int(generator.normal() * 1e6)) / 1e4
            if Float(text(usual)) != usual || text(usual).count > 13 { wrong += 1 }
        }
        #expect(wrong == 0)
    }
}
