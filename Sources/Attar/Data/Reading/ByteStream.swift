internal import CZlib
internal import Foundation

/// The bytes of a file or of standard input, unpacked where they are gzip, in order, as often as wanted.
///
/// Input that cannot be read twice (standard input, pipes) is first copied into a temporary file without a name.
final class ByteStream {
    /// What messages call it: the path, or "standard input".
    let name: String
    /// Bytes on disk, before unpacking.
    let size: Int

    private let file: gzFile
    /// Bytes that have come since the beginning.
    private var taken = 0

    /// Opens a path; `-` is standard input.
    ///
    /// - Throws: `AttarError` (`unreadableFile`).
    init(path: String) throws {
        name = path == "-" ? "standard input" : path
        var descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Self.cannotOpen(name, errno) }
        var status = stat()
        fstat(descriptor, &status)
        if status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw AttarError(.unreadableFile, "'\(path)' is a folder", remedy: "Give the path of a data file")
        }
        if status.st_mode & S_IFMT != S_IFREG {
            descriptor = try Self.spooled(descriptor, name: name)
            fstat(descriptor, &status)
        }
        size = Int(status.st_size)
        lseek(descriptor, 0, SEEK_SET)
        guard let file = gzdopen(descriptor, "rb") else {
            close(descriptor)
            throw AttarError(.unreadableFile, "'\(name)' cannot be read: there is not enough memory")
        }
        gzbuffer(file, 1 << 17)
        self.file = file
    }

    deinit { gzclose(file) }

    /// Room for a megabyte, or for the whole stream and a byte more where it is smaller.
    func buffer() -> [UInt8] {
        [UInt8](repeating: 0, count: isPacked ? 1 << 20 : min(1 << 20, size + 1))
    }

    /// Reads into `buffer` from `offset` to its end and returns how many bytes came; fewer only at the end of the stream.
    ///
    /// - Throws: `AttarError` (`malformedData` for damaged or truncated gzip, `unreadableFile`).
    func read(into buffer: inout [UInt8], at offset: Int = 0) throws -> Int {
        var filled = offset
        while filled < buffer.count {
            let count = attar_gzread(file, &buffer, filled, UInt32(min(buffer.count - filled, 1 << 20)))
            if count < 0 { throw failure() }
            if count == 0 {
                var code: Int32 = 0
                gzerror(file, &code)
                if code != Z_OK && code != Z_STREAM_END { throw failure() }
                break
            }
            filled += Int(count)
            taken += Int(count)
            if taken > UnpackedSize.most(from: size), isPacked {
                throw AttarError(.malformedData, "'\(name)' \(UnpackedSize.problem)", remedy: UnpackedSize.remedy)
            }
        }
        return filled - offset
    }

    /// Goes back to the first byte.
    func rewind() throws {
        if gzrewind(file) != 0 { throw failure() }
        taken = 0
    }

    /// Whether the bytes are unpacked from gzip.
    var isPacked: Bool { gzdirect(file) == 0 }

    /// How much of `size` has been read.
    var position: Int { isPacked ? Int(gzoffset(file)) : Int(gztell(file)) }

    private func failure() -> AttarError {
        var code: Int32 = 0
        let message = gzerror(file, &code).map { String(cString: $0) } ?? ""
        return switch code {
        case Z_BUF_ERROR:
            AttarError(
                .malformedData, "'\(name)' is truncated: its gzip data end too early",
                remedy: "Copy or download the file again")
        case Z_DATA_ERROR:
            AttarError(
                .malformedData, "'\(name)' holds damaged gzip data", remedy: "Copy or download the file again")
        default:
            AttarError(.unreadableFile, "'\(name)' cannot be read: \(message)")
        }
    }

    private static func cannotOpen(_ name: String, _ code: Int32) -> AttarError {
        AttarError(
            .unreadableFile, "'\(name)' cannot be opened: \(String(cString: strerror(code)).lowercased())",
            remedy: code == ENOENT ? "Check the path" : "")
    }

    /// Copies what a descriptor still gives into an unlinked temporary file, and closes it.
    private static func spooled(_ descriptor: Int32, name: String) throws -> Int32 {
        defer { close(descriptor) }
        let folder = NSTemporaryDirectory()
        var template = Array((folder + "/attar-input-XXXXXX").utf8CString)
        let copy = mkstemp(&template)
        guard copy >= 0 else {
            throw AttarError(
                .unwritableFile,
                "\(name) cannot be kept in '\(folder)': \(String(cString: strerror(errno)).lowercased())",
                remedy: "Set TMPDIR to a folder with room, or give a path")
        }
        unlink(template)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            if write(copy, buffer, count) != count {
                close(copy)
                throw AttarError(
                    .unwritableFile, "'\(folder)' has no room for what comes from \(name)",
                    remedy: "Set TMPDIR to a folder with room, or give a path")
            }
        }
        return copy
    }
}
