import Attar
import Foundation
import Testing

/// The pictures were written by Pillow, which also says what is in them; see `Golden/pictures/make_pictures.py`.
struct PictureReadingTests {
    private func path(_ name: String) -> String { goldenURL("pictures/\(name)").path }

    private func bytes(_ rows: Dataset, _ name: String = "picture") -> (values: [UInt8], shape: [Int]) {
        guard case .bytes(let values, let shape) = rows.column(named: name)?.storage else { return ([], []) }
        return (values, shape)
    }

    @Test
    func `A folder of classes gives coloured pictures from PNG and JPEG, grey ones among them, and their classes`()
        throws
    {
        let rows = try Dataset.read(path("classes"))
        let (values, shape) = bytes(rows)
        let expected = bytes(try Dataset.read(path("classes.npy")), "x")
        #expect(shape == [10, 12, 3] && expected.shape == shape && values.count == expected.values.count)
        // JPEG decoders differ by a rounding; PNG is exact.
        let picture = 10 * 12 * 3
        for (row, allowed) in [0, 0, 0, 0, 2, 2].enumerated() {
            let worst = (row * picture..<(row + 1) * picture).map { abs(Int(values[$0]) - Int(expected.values[$0])) }
                .max()
            #expect(worst ?? 999 <= allowed, "picture \(row)")
        }
        #expect(texts(rows, "class") == ["apple", "apple", "apple", "pear", "pear", "pear"])
        #expect(rows.notes.map(\.text) == ["1 file in '\(path("classes"))' that is neither PNG nor JPEG was left out"])
    }

    @Test func `A folder without classes gives pictures alone, 16 bits as 8`() throws {
        let rows = try Dataset.read(path("grey"))
        #expect(rows.columns.map(\.name) == ["picture"] && bytes(rows).shape == [10, 12])
        #expect(bytes(rows).values == bytes(try Dataset.read(path("grey.npy")), "x").values)
    }

    @Test(arguments: [
        ("sizes", "/sizes/b/2.png' has 5 × 12 pixels, but '"),
        ("channels", "/channels/b/2.png' is coloured, but '"),
        ("broken/cut-png", "cut.png' is a damaged PNG file"),
        ("broken/cut-jpg", "cut.jpg' is a damaged JPEG file"),
        ("broken/empty-png", "empty.png' is empty"),
        ("broken/text-jpg", "text.jpg' is neither PNG nor JPEG"),
        ("mixed", "/mixed/2.png' lies in no class"),
        ("nothing", "holds no PNG or JPEG files"),
    ])
    func `What is no picture, or does not fit the others, is refused with the file's name`(
        folder: String, phrase: String
    ) {
        #expect(sentence { try Dataset.read(path(folder)) }.contains(phrase))
    }

    /// An IDX file of bytes.
    private func idx(_ shape: [Int], _ bytes: [UInt8]) -> Data {
        Data([0, 0, 8, UInt8(shape.count)] + shape.flatMap { [UInt8(0), 0, UInt8($0 >> 8), UInt8($0 & 255)] } + bytes)
    }

    @Test func `An IDX file is read with the labels beside it`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pictures = folder.appendingPathComponent("some-images-idx3-ubyte")
        let labels = folder.appendingPathComponent("some-labels-idx1-ubyte")
        try idx([2, 2, 3], Array(0..<12)).write(to: pictures)
        #expect(try Dataset.read(pictures.path).columns == [Column("picture", .bytes(Array(0..<12), shape: [2, 3]))])
        try idx([2], [7, 9]).write(to: labels)
        let rows = try Dataset.read(pictures.path)
        #expect(rows.columns.map(\.name) == ["picture", "label"] && numbers(rows, "label") == [7, 9])
        try idx([3], [7, 9, 1]).write(to: labels)
        #expect(
            sentence { try Dataset.read(pictures.path) }.contains("holds 2 pictures, but '\(labels.path)' 3 labels"))
        try idx([200, 2, 3], Array(0..<12)).write(to: pictures)
        #expect(sentence { try Dataset.read(pictures.path) }.contains("claims to hold an array of 200"))
        try Data([0, 0, 13, 1]).write(to: pictures)
        #expect(sentence { try Dataset.read(pictures.path) }.contains("is no IDX file of bytes"))
    }
}
