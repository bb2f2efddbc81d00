internal import Foundation
internal import Synchronization

/// Writes a file so that it is there whole or not at all: under a temporary name in the same folder, synced, then renamed.
/// An existing file is replaced only by a finished one.
///
/// Pipes and devices, such as `/dev/stdout`, are written directly. A link's file is replaced, not the link.
public final class OutputFile {
    /// The file as messages name it.
    private let name: String
    /// The file itself, behind any links.
    private let destination: String
    /// What is written to until `finish`: nil for pipes, devices and standard output.
    private var temporary: String?
    private var descriptor: Int32

    /// Temporary files that are not finished, for removal when the process is made to end.
    private static let unfinished = Mutex<Set<String>>([])

    /// Creates the temporary file.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where the folder does not exist, or cannot be written to.
    public init(_ path: String) throws {
        name = "'\(path)'"
        let kind = FileKind(path)
        if kind == .folder || path.isEmpty || path.hasSuffix("/") {
            throw AttarError(.unwritableFile, "'\(path)' is a folder", remedy: "Give the path of a file to write")
        }
        if kind == .special {
            destination = path
            temporary = nil
            descriptor = open(path, O_WRONLY)
        } else {
            destination = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let folder = Self.folder(of: destination)
            guard FileKind(folder) == .folder else {
                let shown = Self.folder(of: path)
                throw AttarError(
                    .unwritableFile, "the folder '\(shown)' for '\(path)' does not exist",
                    remedy: "Create it: mkdir -p \(shown)")
            }
            let last = URL(fileURLWithPath: destination).lastPathComponent
            let temporary = "\(folder)/.\(last.prefix(40)).\(UInt64.random(in: .min ... .max)).partial"
            self.temporary = temporary
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o666)
            if descriptor >= 0 { Self.unfinished.withLock { _ = $0.insert(temporary) } }
        }
        guard descriptor >= 0 else { throw Self.unwritable(name, errno) }
        if kind == .file { keepPermissions() }
    }

    /// Standard output, written directly.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where it is closed.
    public static func standardOutput() throws -> OutputFile {
        try OutputFile(descriptor: dup(STDOUT_FILENO), name: "standard output")
    }

    private init(descriptor: Int32, name: String) throws {
        guard descriptor >= 0 else { throw Self.unwritable(name, errno) }
        self.descriptor = descriptor
        self.name = name
        destination = name
        temporary = nil
    }

    /// Checks, before a long run, that a file could be written; leaves no trace.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) as `init` does.
    public static func check(_ path: String) throws {
        _ = try OutputFile(path)
    }

    /// Writes a whole file.
    ///
    /// - Throws: `AttarError` (`unwritableFile`); what was there before is then unchanged.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try OutputFile(path)
        try file.append(bytes)
        try file.finish()
    }

    /// Writes a whole text file in UTF-8.
    ///
    /// - Throws: `AttarError` (`unwritableFile`); what was there before is then unchanged.
    public static func write(_ text: String, to path: String) throws {
        try write(Array(text.utf8), to: path)
    }

    /// Appends bytes to what will be the file.
    ///
    /// - Throws: `AttarError` (`unwritableFile`), such as when the disk is full.
    public func append(_ bytes: [UInt8]) throws {
        do {
            try writeAll(bytes, to: descriptor)
        } catch let error as SystemError {
            throw Self.unwritable(name, error.number)
        }
    }

    /// Puts the file in its place.
    ///
    /// - Throws: `AttarError` (`unwritableFile`); what was there before is then unchanged.
    public func finish() throws {
        if temporary != nil, fsync(descriptor) != 0 { throw Self.unwritable(name, errno) }
        let written = descriptor
        descriptor = -1
        guard close(written) == 0 else { throw Self.unwritable(name, errno) }
        guard let temporary else { return }
        guard rename(temporary, destination) == 0 else { throw Self.unwritable(name, errno) }
        Self.unfinished.withLock { _ = $0.remove(temporary) }
        self.temporary = nil
        syncFolder()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let temporary {
            unlink(temporary)
            Self.unfinished.withLock { _ = $0.remove(temporary) }
        }
    }

    /// Removes the temporary files of all unfinished outputs: for a process that is about to end without unwinding.
    public static func removeUnfinished() {
        unfinished.withLock { paths in
            for path in paths { unlink(path) }
            paths = []
        }
    }

    private func keepPermissions() {
        if let mode = try? FileManager.default.attributesOfItem(atPath: destination)[.posixPermissions] as? Int {
            fchmod(descriptor, mode_t(mode))
        }
    }

    /// Makes the new name survive a power cut. Folders of some file systems cannot be synced, which harms nothing.
    private func syncFolder() {
        let folder = open(Self.folder(of: destination), O_RDONLY)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func unwritable(_ name: String, _ number: Int32) -> AttarError {
        let error = SystemError(number: number)
        return AttarError(
            .unwritableFile, "\(name) cannot be written: \(error.reason)",
            remedy: error.remedy, underlying: error)
    }
}

/// What lies at a path, behind any links.
private enum FileKind {
    case nothing, file, folder, special

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = .nothing
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        default: self = .special
        }
    }
}
