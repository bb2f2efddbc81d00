import Attar
import Foundation
import Testing

/// The arrays were saved by NumPy; see `Golden/data/make_tables.py`.
struct NpyReaderTests {
    private func rows(_ name: String) throws -> Dataset { try Dataset.read(goldenPath("data/\(name)")) }

    @Test(arguments: [
        "f8.npy", "f4-big-endian.npy", "f2.npy", "fortran.npy", "version2.npy",
    ])
    func `A matrix is read alike in every floating type, order and version`(name: String) throws {
        let rows = try rows(name)
        #expect(rows.columns.map(\.name) == ["x0", "x1", "x2"])
        #expect(numbers(rows, "x0") == [1.5, 4] && numbers(rows, "x2") == [3, 6.125])
        #expect(numbers(rows, "x1")[0] == -2.25 && numbers(rows, "x1")[1].isNaN)
    }

    @Test func `Whole numbers, booleans, texts and stacks are read`() throws {
        #expect(try numbers(rows("vector-i8.npy"), "x0") == [1, -2, 3])
        #expect(try numbers(rows("bool.npy"), "x1") == [0, 1])
        #expect(try numbers(rows("u2.npy"), "x0") == [65535, 2])
        #expect(try texts(rows("texts.npy"), "x0") == ["naïve", "b", "naïve", nil])
        #expect(try rows("big-whole.npy").notes.contains { $0.column == "x1" })
        for name in ["tensor.npy", "tensor-fortran.npy"] {
            #expect(try rows(name).columns == [Column("x", .tensor((0..<24).map(Float.init), shape: [3, 4]))])
        }
    }

    @Test func `Archives are read, stored or deflated, vectors by their names`() throws {
        let stored = try rows("stored.npz")
        #expect(stored.columns.map(\.name) == ["x0", "x1", "x2", "y"] && numbers(stored, "y") == [0, 1])
        let deflated = try rows("deflated.npz")
        #expect(deflated.columns.map(\.name) == ["x0", "x1", "x2", "y", "m0", "m1"] && deflated.count == 100)
        #expect(numbers(deflated, "x0")[99] == 4 && numbers(deflated, "y")[99] == 99)
    }

    @Test func `Columns of arrays are left out and made categories by name`() throws {
        let options = ReadingOptions(types: ["y": .categorical], unused: ["x1", "gone"])
        let rows = try Dataset.read(goldenPath("data/stored.npz"), options: options)
        #expect(rows.columns.map(\.name) == ["x0", "x2", "y"])
        #expect(rows.columns[2].kind == .categorical && texts(rows, "y") == ["0", "1"])
        #expect(rows.reading?.unused == ["x1"])
    }

    @Test
    func `Of an archive's matrices, those that are called tokens or the like are sequences of ids, one column each`()
        throws
    {
        let rows = try rows("tokens.npz")
        #expect(rows.columns.map(\.name) == ["tokens", "ids", "y", "other0", "other1", "other2"])
        #expect(rows.columns[0].storage == .tensor([5, 2, 0, 70000, 1, 1], shape: [3]))
        #expect(rows.columns[1].storage == .tensor([5, 2, 0, 112, 1, 1], shape: [3]))
    }

    @Test(arguments: [
        ("objects.npy", "holds values of type"),
        ("complex.npy", "holds values of type <c16"),
        ("infinite.npy", "row 2, column 'x1': the value is infinite"),
        ("boastful.npy", "is longer than the file"),
        ("uneven.npz", "holds 2 rows in 'X' and 3 in 'y'"),
    ])
    func `What cannot be read is refused with a sentence`(name: String, expected: String) {
        let found = sentence { try rows(name) }
        #expect(found.contains(expected), "\(found)")
    }

    /// A zip archive of one array, deflated without making it smaller, whose directory says another size.
    private static func archive(_ array: [UInt8], filler: Int, size: Int) -> [UInt8] {
        func little(_ numbers: [(value: Int, bytes: Int)]) -> [UInt8] {
            numbers.flatMap { value, bytes in
                (0..<bytes).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
            }
        }
        // The first block is longer than what is looked at.
        let block = array.count + min(filler, 60_000)
        var packed = little([(0, 1), (block, 2), (~block, 2)]) + array
        packed += [UInt8](repeating: 0, count: filler)
        let common = little([(0, 2), (8, 2), (0, 8), (packed.count, 4), (size, 4), (5, 2), (0, 2)])
        let name = Array("x.npy".utf8)
        let local = little([(0x0403_4b50, 4), (20, 2)]) + common + name + packed
        let directory = little([(0x0201_4b50, 4), (20, 4)]) + common + little([(0, 14)]) + name
        let end = little([(0x0605_4b50, 4), (0, 4), (1, 2), (1, 2), (directory.count, 4), (local.count, 4), (0, 2)])
        return local + directory + end
    }

    /// The beginning of an array of bytes.
    private static func header(_ shape: String) -> [UInt8] {
        let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(shape)), }"
        let padded = text + String(repeating: " ", count: 117 - text.count) + "\n"
        return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0] + Array(padded.utf8)
    }

    @Test(arguments: [
        // Of a megabyte all can come that deflate allows, but not as much memory as that takes.
        ("300000000", 128 + 300_000_000, 300_000, "unpacks to more than a hundred times its size"),
        ("10000000, 7", 128 + 70_000_000, 100_000, "unpacks to more than a hundred times its size"),
        ("3", 200_000, 1000, "has 199872 bytes for an array of shape (3), which takes 3"),
        ("3", 130, 1000, "has 2 bytes for an array of shape (3), which takes 3"),
    ])
    func `An archive that is a bomb, or whose sizes do not agree, is refused by its first bytes`(
        _ shape: String, _ size: Int, _ filler: Int, _ expected: String
    ) throws {
        let bytes = Self.archive(Self.header(shape), filler: filler, size: size)
        let words = sentence { try withFile(bytes, named: "t.npz") { try Dataset.read($0) } }
        #expect(words.contains(expected), "\(words)")
    }

    @Test(arguments: [
        "f8.npy", "texts.npy", "deflated.npz", "stored.npz",
    ])
    func `Every truncation and every changed byte gives rows or a sentence, never a crash`(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: goldenPath("data/\(name)"))))
        for length in stride(from: 0, to: bytes.count, by: 3) {
            let found = sentence { try withFile(bytes[0..<length], named: name) { try Dataset.read($0) } }
            #expect(!found.isEmpty, "truncated to \(length) bytes")
        }
        var generator = SeededBytes(state: 3)
        for position in 0..<min(bytes.count, 400) {
            var changed = bytes
            changed[position] = UInt8(truncatingIfNeeded: generator.next())
            do {
                _ = try withFile(changed, named: name) { try Dataset.read($0) }
            } catch let error {
                #expect(error is AttarError, "\(error)")
            }
        }
    }
}
