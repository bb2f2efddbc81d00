internal import Foundation

/// Looks through an ONNX file for the files that it wants read along, before ONNX Runtime sees it.
///
/// A tensor may keep its numbers in another file, named in the model. A model from a stranger could name any file of its reader that way and
/// give its bytes away as answers. Recent versions of ONNX Runtime look at such names themselves, older ones do not; so Attar lets
/// through only names of files in the model's own folder or below it, links followed.
///
/// Source of the format: onnx.proto, and the encoding of Protocol Buffers.
package struct ONNXFile {
    /// The names of the files beside the model, relative to its folder, each once, sorted.
    package let externalFiles: [String]

    /// Reads a file.
    ///
    /// - Throws: `AttarError`: `unreadableFile`; `unusableTeacher` where it is no ONNX file, or names a file that it must not.
    package init(_ path: String) throws {
        // Says what is wrong where there is no file.
        let reader = try FileReader(path)
        guard reader.size > 0 else { throw Self.broken(path, "it is empty") }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw AttarError(
                .unreadableFile, "'\(path)' cannot be read", remedy: "Check its permissions", underlying: error)
        }
        var locations: Set<String> = []
        do {
            var scanner = ProtobufScanner(bytes)
            try scanner.visit(.model) { locations.insert($0) }
        } catch is ProtobufScanner.Malformed {
            throw Self.broken(path, "it is cut short, damaged, or another kind of file")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath().path
        externalFiles = try locations.sorted().map { try Self.allowed($0, of: path, in: folder) }
    }

    private static func broken(_ path: String, _ reason: String) -> AttarError {
        AttarError(
            .unusableTeacher, "'\(path)' is no ONNX file: \(reason)", remedy: "Write it again, or give another file")
    }

    /// The name, where it is one of a file that the model may have.
    private static func allowed(_ location: String, of path: String, in folder: String) throws -> String {
        func refusal(_ reason: String) -> AttarError {
            AttarError(
                .unusableTeacher, "'\(path)' wants numbers from the file '\(location)', \(reason)",
                remedy: "Keep the model and its data files in one folder, as its exporter wrote them")
        }
        let parts = location.split(separator: "/", omittingEmptySubsequences: false)
        guard !location.hasPrefix("/"), !parts.contains(".."), !location.contains("\\"), !location.contains("\0") else {
            throw refusal("which is outside of the model's folder")
        }
        // "*/_ORT_MEM_ADDR_/*" is ONNX Runtime's own sign for an address in memory and has no place in a file.
        guard !parts.contains("*") else { throw refusal("which is no name of a file") }
        let file = URL(fileURLWithPath: "\(folder)/\(location)").resolvingSymlinksInPath().path
        guard file.hasPrefix(folder == "/" ? "/" : "\(folder)/") else {
            throw refusal("which links to a place outside of the model's folder")
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
            throw refusal("which is not there")
        }
        return location
    }
}

/// Walks through the messages of an ONNX model that may hold tensors.
private struct ProtobufScanner {
    /// Bytes that are no message.
    struct Malformed: Error {}

    /// The messages on the way to a tensor, by what onnx.proto calls them.
    enum Message {
        case model, training, graph, function, node, attribute, sparse, tensor

        /// The message that a field holds, where that may hold tensors.
        func message(in field: UInt64) -> Message? {
            switch (self, field) {
            case (.model, 7): .graph
            case (.model, 20): .training
            case (.model, 25): .function
            case (.training, 1), (.training, 2): .graph
            case (.graph, 1), (.function, 7): .node
            case (.graph, 5): .tensor
            case (.graph, 15): .sparse
            case (.function, 11), (.node, 5): .attribute
            case (.attribute, 5), (.attribute, 10): .tensor
            case (.attribute, 6), (.attribute, 11): .graph
            case (.attribute, 22), (.attribute, 23): .sparse
            case (.sparse, 1), (.sparse, 2): .tensor
            default: nil
            }
        }
    }

    /// The field of a tensor that holds a key and its value, such as `location` and a file's name.
    private static let externalData: UInt64 = 13
    /// Graphs within graphs, beyond which nobody's model goes.
    private static let deepest = 100

    private let bytes: Data
    private var position: Int
    private var end: Int
    private var depth = 0

    init(_ bytes: Data) {
        self.bytes = bytes
        position = bytes.startIndex
        end = bytes.endIndex
    }

    /// Visits a message that reaches to `end`, and all within.
    mutating func visit(_ message: Message, found: (String) -> Void) throws {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Malformed() }
        while position < end {
            let key = try number()
            switch key & 7 {
            case 0: _ = try number()
            case 1: try skip(8)
            case 5: try skip(4)
            case 2:
                let length = try self.length()
                let (outer, inner) = (end, position + length)
                if message == .tensor, key >> 3 == Self.externalData {
                    end = inner
                    try visitEntry(found: found)
                } else if let part = message.message(in: key >> 3) {
                    end = inner
                    try visit(part, found: found)
                }
                (position, end) = (inner, outer)
            default: throw Malformed()
            }
        }
    }

    /// A key (field 1) and its value (field 2).
    private mutating func visitEntry(found: (String) -> Void) throws {
        var (name, value) = ("", "")
        while position < end {
            let key = try number()
            guard key & 7 == 2 else { throw Malformed() }
            let length = try self.length()
            let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
            position += length
            if key >> 3 == 1 { name = text } else if key >> 3 == 2 { value = text }
        }
        if name == "location" { found(value) }
    }

    private mutating func skip(_ count: Int) throws {
        guard count <= end - position else { throw Malformed() }
        position += count
    }

    private mutating func length() throws -> Int {
        let length = try number()
        guard length <= UInt64(end - position) else { throw Malformed() }
        return Int(length)
    }

    /// A number of up to ten bytes, seven bits in each.
    private mutating func number() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else { throw Malformed() }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw Malformed()
    }
}
