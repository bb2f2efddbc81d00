internal import Foundation
internal import Synchronization

/// A file of scalars that TensorBoard shows, written as they come.
///
/// The format is TFRecord: for each record its length (8 bytes, little-endian), the masked CRC-32C of those, the record, and its masked
/// CRC-32C. A record is a message `Event` of Protocol Buffers, of which only the fields that scalars need are written.
public final class EventFile: Sendable {
    /// The file's path.
    public let path: String
    private let file: Mutex<FileHandle>

    /// Begins a file in a folder, which is made where it is missing.
    ///
    /// - Throws: `AttarError` (`unwritableFile`).
    public init(in folder: String) throws {
        let now = Date().timeIntervalSince1970
        let name = "events.out.tfevents.\(Int(now)).attar.\(ProcessInfo.processInfo.processIdentifier)"
        path = "\(folder)/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: path))
            file = Mutex(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
        } catch {
            throw AttarError(
                .unwritableFile, "the folder of logs '\(folder)' cannot be written",
                remedy: "Give another to --log-dir",
                underlying: error)
        }
        // Field 3, file_version: readers look for it in the first record.
        append(Self.event(at: now, step: 0, field: 3, Array("brain.Event:2".utf8)))
    }

    /// Adds a number. What cannot be written is lost: a log is not worth a run.
    ///
    /// - Parameters:
    ///   - tag: what it is, as "loss/student".
    ///   - step: the place on the horizontal axis.
    public func add(_ value: Double, tag: String, step: Int) {
        var scalar = Self.field(1, Array(tag.utf8))
        // Field 2, simple_value, four bytes.
        scalar += [2 << 3 | 5] + Self.bytes(of: Float(value).bitPattern.littleEndian)
        let summary = Self.field(1, scalar)
        append(Self.event(at: Date().timeIntervalSince1970, step: step, field: 5, summary))
    }

    private func append(_ record: [UInt8]) {
        let length = Self.bytes(of: UInt64(record.count).littleEndian)
        let bytes =
            length + Self.bytes(of: CRC32C.masked(length).littleEndian) + record
            + Self.bytes(of: CRC32C.masked(record).littleEndian)
        file.withLock { try? $0.write(contentsOf: Data(bytes)) }
    }

    // MARK: The message

    /// An event: field 1, wall_time, eight bytes; field 2, step; and one more field.
    private static func event(at time: Double, step: Int, field: Int, _ content: [UInt8]) -> [UInt8] {
        [1 << 3 | 1] + bytes(of: time.bitPattern.littleEndian) + [2 << 3] + variable(UInt64(max(0, step)))
            + self.field(field, content)
    }

    /// A field of bytes: its number, their count, and they.
    private static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        [UInt8(number << 3 | 2)] + variable(UInt64(content.count)) + content
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    private static func variable(_ number: UInt64) -> [UInt8] {
        var (rest, bytes): (UInt64, [UInt8]) = (number, [])
        while rest > 127 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number) { Array($0) }
    }
}

/// The checksum of TFRecord files: CRC-32 with Castagnoli's polynomial.
private enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
    }

    /// The checksum, turned by 15 bits and moved by a constant: checksums of checksums would be weak.
    static func masked(_ bytes: [UInt8]) -> UInt32 {
        let sum = ~bytes.reduce(~UInt32(0)) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8
        }
        return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }
}
