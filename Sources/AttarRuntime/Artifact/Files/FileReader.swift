internal import Foundation

/// Reads a file from its beginning, with a sentence where it cannot be read.
package final class FileReader {
    /// The file's size in bytes.
    package let size: Int
    private let path: String
    private let handle: FileHandle

    /// Opens a file.
    ///
    /// - Throws: `AttarError` (`unreadableFile`) where there is none, it is a folder, or it may not be read.
    package init(_ path: String) throws {
        self.path = path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw AttarError(.unreadableFile, "there is no file '\(path)'", remedy: "Check the path")
        }
        guard !isFolder.boolValue else {
            throw AttarError(.unreadableFile, "'\(path)' is a folder", remedy: "Give a file")
        }
        do {
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            size = Int(try handle.seekToEnd())
            try handle.seek(toOffset: 0)
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    /// The next bytes; fewer than asked for at the file's end.
    package func read(upTo count: Int) throws -> [UInt8] {
        do {
            return [UInt8](try handle.read(upToCount: count) ?? Data())
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    /// All bytes of a file.
    ///
    /// - Throws: `AttarError` (`unreadableFile`).
    package static func contents(of path: String) throws -> [UInt8] {
        let file = try FileReader(path)
        return try file.read(upTo: file.size)
    }

    private static func unreadable(_ path: String, _ error: any Error) -> AttarError {
        AttarError(
            .unreadableFile, "'\(path)' cannot be read", remedy: "Check its permissions", underlying: error)
    }
}
