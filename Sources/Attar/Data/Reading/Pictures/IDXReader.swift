/// Reads pictures in IDX files, the format of MNIST and its kin: the column `picture`, and `label` where the file of labels that
/// belongs to it by name (`…-images-idx3-ubyte.gz` and `…-labels-idx1-ubyte.gz`) lies beside it.
///
/// An IDX file starts with two zero bytes, the type of the numbers (8 for bytes), the number of dimensions, and each dimension as
/// four bytes, the highest first; then come the numbers.
struct IDXReader {
    private let path: String

    init(_ path: String) { self.path = path }

    /// Whether a file is named as IDX files are: "ubyte" or "idx" at its end, without regard to `.gz`.
    static func reads(_ name: String) -> Bool { name.hasSuffix("ubyte") || name.hasSuffix(".idx") }

    /// Reads everything.
    ///
    /// - Throws: `AttarError`: `unreadableFile`, `malformedData`.
    func dataset() throws -> Dataset {
        let (bytes, shape) = try Self.array(path)
        guard shape.count >= 3 else {
            return Dataset(
                source: path, columns: [Column("label", .numeric(bytes.map(Float.init)))])
        }
        var columns = [Column("picture", .bytes(bytes, shape: Array(shape.dropFirst())))]
        let companion = path.replacing("images-idx\(shape.count)", with: "labels-idx1")
        if companion != path, let (labels, labelShape) = try? Self.array(companion) {
            guard labelShape == [shape[0]] else {
                throw AttarError(
                    .malformedData,
                    "'\(path)' holds \(shape[0]) pictures, but '\(companion)' \(labelShape.first ?? 0) labels",
                    remedy: "Copy or download both files again")
            }
            columns.append(Column("label", .numeric(labels.map(Float.init))))
        }
        return Dataset(source: path, columns: columns)
    }

    private static func array(_ path: String) throws -> (bytes: [UInt8], shape: [Int]) {
        let stream = try ByteStream(path: path)
        func refusal(_ text: String) -> AttarError {
            AttarError(.malformedData, "'\(path)' \(text)", remedy: "Copy or download the file again")
        }
        func next(_ count: Int) throws -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            if try stream.read(into: &bytes) < count {
                throw refusal("is truncated: it is shorter than its header says")
            }
            return bytes
        }
        let magic = try next(4)
        guard magic[0] == 0, magic[1] == 0, magic[2] == 8, (1...4).contains(magic[3]) else {
            throw refusal("is no IDX file of bytes")
        }
        var shape: [Int] = []
        for _ in 0..<magic[3] { shape.append(try next(4).reduce(0) { $0 << 8 | Int($1) }) }
        let limit = stream.isPacked ? UnpackedSize.most(from: stream.size) : stream.size
        guard let count = shape.checkedProduct, (1...max(1, limit)).contains(count) else {
            throw refusal("claims to hold an array of \(shape.map(String.init).joined(separator: " × ")) bytes")
        }
        return (try next(count), shape)
    }
}
