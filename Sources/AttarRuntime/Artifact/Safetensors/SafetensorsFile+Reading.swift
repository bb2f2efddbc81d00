internal import CKernels
internal import Foundation

extension SafetensorsFile {
    /// Reads a file. Nothing in it is executed, and every length and offset is checked against the file's size before use.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - kind: what the file is meant to be, for messages: "an .attar file".
    /// - Throws: `AttarError`: `unreadableFile` where it cannot be opened, `malformedArtifact` where it is truncated,
    ///   inconsistent or of another format.
    public static func read(_ path: String, as kind: String = "a safetensors file") throws -> SafetensorsFile {
        let reader = try FileReader(path)
        // The prefix tells most other formats apart without reading the whole of a file that may be huge.
        let prefix = try reader.read(upTo: prefixLength)
        let headerLength = try checkedHeaderLength(prefix, fileSize: reader.size, path: path, kind: kind)
        return try SafetensorsFile(
            bytes: prefix + reader.read(upTo: reader.size - prefix.count), headerLength: headerLength, path: path,
            kind: kind)
    }

    /// Parses the bytes of a file.
    ///
    /// - Parameter path: where they come from, for messages.
    /// - Throws: `AttarError` (`malformedArtifact`) where they are truncated, inconsistent or of another format.
    public init(bytes: [UInt8], path: String, as kind: String = "a safetensors file") throws {
        let headerLength = try Self.checkedHeaderLength(
            Array(bytes.prefix(Self.prefixLength)), fileSize: bytes.count, path: path, kind: kind)
        try self.init(bytes: bytes, headerLength: headerLength, path: path, kind: kind)
    }

    private init(bytes: [UInt8], headerLength: Int, path: String, kind: String) throws {
        let bodyStart = Self.prefixLength + headerLength
        guard bytes.count >= bodyStart, bytes[Self.prefixLength] == UInt8(ascii: "{") else {
            throw Self.notThisFormat(path, kind)
        }
        let header: SafetensorsHeader
        do {
            header = try JSONDecoder().decode(
                SafetensorsHeader.self, from: Data(bytes[Self.prefixLength..<bodyStart]))
        } catch {
            throw Self.damaged(path, "its header cannot be read", underlying: error)
        }
        let bodyLength = bytes.count - bodyStart
        try Self.checkLayout(header.entries, bodyLength: bodyLength, path: path)
        tensors = Dictionary(
            uniqueKeysWithValues: header.entries.map { name, entry in
                (name, Self.tensor(bytes, entry, from: bodyStart))
            })
        metadata = header.metadata
    }

    /// The header's length, where prefix and file size allow it to be true.
    private static func checkedHeaderLength(
        _ prefix: [UInt8], fileSize: Int, path: String, kind: String
    ) throws -> Int {
        if fileSize == 0 {
            throw AttarError(
                .malformedArtifact, "'\(path)' is empty", remedy: "Write it again, or check the path")
        }
        guard prefix.count == prefixLength, fileSize >= prefixLength else { throw notThisFormat(path, kind) }
        let length = prefix.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
        guard length >= 2, length <= UInt64(longestHeader) else { throw notThisFormat(path, kind) }
        guard length <= UInt64(fileSize - prefixLength) else {
            throw damaged(
                path, "its header should have \(length) bytes, but the file ends after \(fileSize - prefixLength)")
        }
        return Int(length)
    }

    /// Checks that byte ranges fit their shapes and fill the body without overlap, gap or excess.
    private static func checkLayout(
        _ entries: [String: SafetensorsEntry], bodyLength: Int, path: String
    ) throws {
        var ranges: [(start: Int, end: Int, name: String)] = []
        for (name, entry) in entries {
            guard let width = widths[entry.dtype] else {
                throw damaged(
                    path, "its tensor '\(name)' has the type '\(entry.dtype)', but Attar reads F32, F16, I32 and I8")
            }
            guard entry.dataOffsets.count == 2, entry.dataOffsets[0] >= 0, entry.dataOffsets[0] <= entry.dataOffsets[1]
            else {
                throw damaged(path, "the offsets of its tensor '\(name)' are wrong")
            }
            guard let count = ([width] + entry.shape).checkedProduct,
                count == entry.dataOffsets[1] - entry.dataOffsets[0]
            else {
                throw damaged(path, "the length of its tensor '\(name)' does not fit the shape \(entry.shape)")
            }
            guard entry.dataOffsets[1] <= bodyLength else {
                throw damaged(
                    path,
                    "its tensor '\(name)' should end at byte \(entry.dataOffsets[1]), but the file's body ends at \(bodyLength)"
                )
            }
            ranges.append((entry.dataOffsets[0], entry.dataOffsets[1], name))
        }
        var end = 0
        for range in ranges.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard range.start == end else {
                throw damaged(path, "its tensor '\(range.name)' starts at byte \(range.start) instead of \(end)")
            }
            end = range.end
        }
        guard end == bodyLength else {
            throw damaged(path, "\(bodyLength - end) bytes at its end belong to no tensor")
        }
    }

    /// Bytes of one number, by the type's name.
    private static let widths = ["F32": 4, "F16": 2, "I32": 4, "I8": 1]

    /// The numbers of one tensor, whose layout has been checked; `start` is the first byte of the file's body.
    private static func tensor(_ bytes: [UInt8], _ entry: SafetensorsEntry, from start: Int) -> Tensor {
        let (place, length) = (start + entry.dataOffsets[0], entry.dataOffsets[1] - entry.dataOffsets[0])
        switch entry.dtype {
        case "F32":
            var values = [Float](repeating: 0, count: length / 4)
            attar_load_bytes(bytes, place, length, &values)
            return Tensor(values, shape: entry.shape)
        case "F16":
            var values = [UInt16](repeating: 0, count: length / 2)
            attar_load_bytes(bytes, place, length, &values)
            return Tensor(shape: entry.shape, storage: .float16(values))
        case "I32":
            var values = [Int32](repeating: 0, count: length / 4)
            attar_load_bytes(bytes, place, length, &values)
            return Tensor(values, shape: entry.shape)
        default:
            var values = [Int8](repeating: 0, count: length)
            attar_load_bytes(bytes, place, length, &values)
            return Tensor(values, shape: entry.shape)
        }
    }

    static func damaged(_ path: String, _ problem: String, underlying: (any Error)? = nil) -> AttarError {
        AttarError(
            .malformedArtifact, "'\(path)' is damaged or truncated: \(problem)",
            remedy: "Copy or write the file again", underlying: underlying)
    }

    private static func notThisFormat(_ path: String, _ kind: String) -> AttarError {
        AttarError(
            .malformedArtifact, "'\(path)' is not \(kind)",
            remedy: "Give a file that 'attar train' or 'attar distill' wrote")
    }
}
