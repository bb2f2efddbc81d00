internal import Foundation

/// Reads a folder of PNG and JPEG files as rows: the column `picture`, and `class`, the name of the subfolder that a file lies in.
///
/// Files that lie in the folder itself have no class: a folder without subfolders gives pictures alone. Rows are in the order of
/// classes and file names, sorted by their characters.
struct PictureFolderReader {
    private static let suffixes = [".png", ".jpg", ".jpeg"]

    private let path: String
    private let progress: ProgressHandler

    init(_ path: String, progress: @escaping ProgressHandler) {
        self.path = path
        self.progress = progress
    }

    /// Whether a path is a folder.
    static func reads(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Reads everything.
    ///
    /// - Throws: `AttarError`: `unreadableFile`; `malformedData` naming the file that is broken, or of another size than the first.
    func dataset() throws -> Dataset {
        let (files, classes, ignored) = try listed()
        guard let first = files.first else {
            throw AttarError(
                .malformedData, "the folder '\(path)' holds no PNG or JPEG files",
                remedy: "Give a folder with one subfolder of pictures for each class")
        }
        let form = try decoded(first.path)
        let stride = form.bytes.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.count * stride)
        // In portions, so that the decoded pictures are not held twice.
        let portion = 256
        for start in Swift.stride(from: 0, to: files.count, by: portion) {
            try report(
                RunProgress(phase: "reading \(path)", completed: start, total: files.count, unit: "pictures"),
                to: progress
            )
            let some = Array(files[start..<min(files.count, start + portion)])
            for picture in try concurrently(
                some.count, threads: availableThreads(),
                make: { try decoded(some[$0].path, like: form, of: first.path) })
            {
                bytes.append(contentsOf: picture.bytes)
            }
        }
        let shape = form.channels == 1 ? [form.height, form.width] : [form.height, form.width, form.channels]
        var columns = [Column("picture", .bytes(bytes, shape: shape))]
        if !classes.isEmpty {
            columns.append(Column("class", .categorical(codes: files.map(\.code), categories: classes)))
        }
        let notes =
            ignored == 0
            ? []
            : [
                ReadingNote(
                    column: "picture",
                    "\(ignored) file\(ignored == 1 ? "" : "s") in '\(path)' that \(ignored == 1 ? "is" : "are") neither PNG nor JPEG \(ignored == 1 ? "was" : "were") left out"
                )
            ]
        return Dataset(source: path, columns: columns, notes: notes)
    }

    /// The pictures with their class's position, the classes, and how many other files there are.
    private func listed() throws -> (files: [(path: String, code: Int32)], classes: [String], ignored: Int) {
        var ignored = 0
        func pictures(in folder: String) throws -> [String] {
            let names = try entries(of: folder).filter { !Self.reads("\(folder)/\($0)") }
            let found = names.filter { name in Self.suffixes.contains { name.lowercased().hasSuffix($0) } }
            ignored += names.count - found.count
            return found.map { "\(folder)/\($0)" }
        }
        let own = try pictures(in: path)
        var classes: [String] = []
        var files: [(path: String, code: Int32)] = []
        for name in try entries(of: path) where Self.reads("\(path)/\(name)") {
            let inside = try pictures(in: "\(path)/\(name)")
            if inside.isEmpty { continue }
            files += inside.map { ($0, Int32(classes.count)) }
            classes.append(name)
        }
        if !own.isEmpty, !classes.isEmpty {
            throw AttarError(
                .malformedData, "'\(own[0])' lies in no class, but '\(path)' has a folder for each class",
                remedy: "Move it into the folder of its class")
        }
        return (classes.isEmpty ? own.map { ($0, -1) } : files, classes, ignored)
    }

    /// The names in a folder, sorted by their characters, without hidden ones.
    private func entries(of folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted {
                $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
            }
        } catch {
            throw AttarError(
                .unreadableFile, "the folder '\(folder)' cannot be read", remedy: "Check its permissions",
                underlying: error)
        }
    }

    private func decoded(_ file: String, like form: Picture? = nil, of first: String = "") throws -> Picture {
        let stream = try ByteStream(path: file)
        var bytes = [UInt8](repeating: 0, count: stream.size)
        bytes.removeLast(bytes.count - (try stream.read(into: &bytes)))
        let picture: Picture
        do {
            picture = try Picture(decoding: bytes)
        } catch {
            throw AttarError(.malformedData, "'\(file)' \(error.text)", remedy: "Replace the file or leave it out")
        }
        guard let form else { return picture }
        if (picture.height, picture.width) != (form.height, form.width) {
            throw AttarError(
                .malformedData,
                "'\(file)' has \(picture.height) × \(picture.width) pixels, but '\(first)' has \(form.height) × \(form.width)",
                remedy: "Bring all pictures to one size")
        }
        if picture.channels == form.channels { return picture }
        // A grey picture among coloured ones is one whose channels are equal; the reverse would lose something.
        if picture.channels == 1 { return picture.coloured }
        throw AttarError(
            .malformedData, "'\(file)' is coloured, but '\(first)' is grey",
            remedy: "Make all pictures grey, or all coloured")
    }
}

extension Picture {
    /// The same picture with three equal channels.
    fileprivate var coloured: Picture {
        Picture(height: height, width: width, channels: 3, bytes: bytes.flatMap { [$0, $0, $0] })
    }

    private init(height: Int, width: Int, channels: Int, bytes: [UInt8]) {
        (self.height, self.width, self.channels, self.bytes) = (height, width, channels, bytes)
    }
}
