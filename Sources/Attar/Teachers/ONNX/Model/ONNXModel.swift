internal import COnnxRuntime
internal import Foundation

/// A model in an ONNX file, opened in ONNX Runtime: named tensors in, named tensors out.
///
/// Any thread may ask at any time. ONNX Runtime spreads one question over the threads it was given; questions asked at the same time
/// share them.
package final class ONNXModel: @unchecked Sendable {
    // What is not Sendable here is ONNX Runtime's session, which any thread may run, and the names, which nobody changes.

    /// The file.
    package let path: String
    /// What it wants to be given.
    package let inputs: [ONNXPort]
    /// What it can be asked for.
    package let outputs: [ONNXPort]
    /// What the file says of itself, by the keys that its maker chose.
    package let metadata: [String: String]
    /// Files beside it that hold some of its numbers, by their names in its folder.
    package let externalFiles: [String]

    let runtime: ONNXRuntime
    let session: OpaquePointer
    /// The names as C strings, in the order of `inputs` and `outputs`.
    let inputNames: [UnsafeMutablePointer<CChar>]
    let outputNames: [UnsafeMutablePointer<CChar>]

    /// Opens a model.
    ///
    /// - Parameters:
    ///   - path: the `.onnx` file.
    ///   - threads: how many threads share the work of a question; nil for one a processor.
    /// - Throws: `AttarError` (`unreadableFile`, `unusableTeacher`): no file, no ONNX Runtime, a file that is broken, that keeps numbers outside
    ///   of its own folder, or that ONNX Runtime refuses.
    package init(path: String, threads: Int? = nil) throws {
        externalFiles = try ONNXFile(path).externalFiles
        let runtime = try ONNXRuntime.shared()
        let (api, functions) = (runtime.api, runtime.functions)
        do {
            let options = try functions.made { api.pointee.CreateSessionOptions(&$0) }
            defer { api.pointee.ReleaseSessionOptions(options) }
            try functions.check(
                api.pointee.SetIntraOpNumThreads(options, CInt(clamping: threads ?? availableThreads())))
            try functions.check(api.pointee.SetInterOpNumThreads(options, 1))
            session = try functions.made { api.pointee.CreateSession(runtime.environment, path, options, &$0) }
        } catch let failure as ONNXFailure {
            throw AttarError(
                .unusableTeacher, "ONNX Runtime \(runtime.version) cannot open '\(path)': \(failure.sentence)",
                remedy: "Check the file with the program that wrote it, or write it for an older version of ONNX",
                underlying: failure)
        }
        self.path = path
        self.runtime = runtime
        do {
            let reader = ONNXSessionReader(runtime: runtime, session: session)
            inputs = try reader.ports(
                count: { api.pointee.SessionGetInputCount($0, &$1) },
                name: { api.pointee.SessionGetInputName($0, $1, runtime.allocator, &$2) },
                type: { api.pointee.SessionGetInputTypeInfo($0, $1, &$2) })
            outputs = try reader.ports(
                count: { api.pointee.SessionGetOutputCount($0, &$1) },
                name: { api.pointee.SessionGetOutputName($0, $1, runtime.allocator, &$2) },
                type: { api.pointee.SessionGetOutputTypeInfo($0, $1, &$2) })
            metadata = try reader.metadata()
        } catch let failure as ONNXFailure {
            api.pointee.ReleaseSession(session)
            throw AttarError(
                .unusableTeacher, "'\(path)' does not tell its inputs and outputs: \(failure.sentence)",
                underlying: failure)
        }
        inputNames = inputs.map { strdup($0.name) }
        outputNames = outputs.map { strdup($0.name) }
    }

    deinit {
        runtime.api.pointee.ReleaseSession(session)
        for name in inputNames + outputNames { free(name) }
    }

    /// The hash of the file and of the files beside it that hold its numbers.
    ///
    /// - Throws: `AttarError` (`unreadableFile`).
    package func fingerprint() throws -> Fingerprint {
        var hasher = FingerprintHasher()
        try hasher.combine(contentsOf: path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        for name in externalFiles {
            hasher.combine(name)
            try hasher.combine(contentsOf: "\(folder)/\(name)")
        }
        return hasher.finished()
    }
}

extension FingerprintHasher {
    /// Adds a file's bytes.
    ///
    /// - Throws: `AttarError` (`unreadableFile`).
    mutating func combine(contentsOf path: String) throws {
        let file = try FileReader(path)
        combine("\(file.size)")
        while case let bytes = try file.read(upTo: 1 << 20), !bytes.isEmpty { combine(bytes: bytes) }
    }
}

/// Reads what a session tells of its model.
private struct ONNXSessionReader {
    typealias Pointer = OpaquePointer

    let runtime: ONNXRuntime
    let session: Pointer

    private var api: UnsafePointer<attar_ort_api> { runtime.api }

    /// All inputs, or all outputs.
    func ports(
        count: (Pointer, inout Int) -> Pointer?,
        name: (Pointer, Int, inout UnsafeMutablePointer<CChar>?) -> Pointer?,
        type: (Pointer, Int, inout Pointer?) -> Pointer?
    ) throws -> [ONNXPort] {
        let functions = runtime.functions
        return try (0..<functions.count { count(session, &$0) }).map { index in
            let own = try functions.text(runtime.allocator) { name(session, index, &$0) }
            let information = try functions.made { type(session, index, &$0) }
            defer { api.pointee.ReleaseTypeInfo(information) }
            return try port(named: own, information)
        }
    }

    /// Kinds of value: a tensor, a sequence, a map, then others.
    private func port(named name: String, _ information: Pointer) throws -> ONNXPort {
        let functions = runtime.functions
        switch try functions.code({ api.pointee.GetOnnxTypeFromTypeInfo(information, &$0) }) {
        case 1:
            // Borrowed from the information.
            let tensor = try functions.made { api.pointee.CastTypeInfoToTensorInfo(information, &$0) }
            let type = try functions.code { api.pointee.GetTensorElementType(tensor, &$0) }
            let rank = try functions.count { api.pointee.GetDimensionsCount(tensor, &$0) }
            var lengths = [Int64](repeating: 0, count: rank)
            try functions.check(api.pointee.GetDimensions(tensor, &lengths, rank))
            return ONNXPort(
                name: name,
                kind: ONNXElement(rawValue: type).map { .tensor($0) } ?? .other("a tensor of elements of type \(type)"),
                shape: lengths.map { $0 < 0 ? nil : Int($0) })
        case 2: return ONNXPort(name: name, kind: .sequence, shape: [])
        case 3: return ONNXPort(name: name, kind: .other("a map"), shape: [])
        default: return ONNXPort(name: name, kind: .other("neither tensor nor sequence"), shape: [])
        }
    }

    /// The entries that the model's maker added.
    func metadata() throws -> [String: String] {
        let functions = runtime.functions
        let information = try functions.made { api.pointee.SessionGetModelMetadata(session, &$0) }
        defer { api.pointee.ReleaseModelMetadata(information) }
        var keys: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var count: Int64 = 0
        try functions.check(
            api.pointee.ModelMetadataGetCustomMetadataMapKeys(information, runtime.allocator, &keys, &count))
        guard let keys else { return [:] }
        defer {
            for index in 0..<Int(count) {
                if let key = keys[index] { try? functions.check(api.pointee.AllocatorFree(runtime.allocator, key)) }
            }
            try? functions.check(api.pointee.AllocatorFree(runtime.allocator, keys))
        }
        var entries: [String: String] = [:]
        for index in 0..<Int(count) {
            guard let key = keys[index] else { continue }
            entries[String(cString: key)] = try functions.text(runtime.allocator) {
                api.pointee.ModelMetadataLookupCustomMetadataMap(information, runtime.allocator, key, &$0)
            }
        }
        return entries
    }
}
