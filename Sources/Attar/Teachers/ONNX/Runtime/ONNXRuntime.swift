internal import COnnxRuntime
internal import Foundation
internal import Synchronization

/// ONNX Runtime, loaded when it is first needed and kept for the life of the process.
///
/// It is never linked with: who has no ONNX models needs none of it. Any version from 1.5 on will do.
package final class ONNXRuntime: @unchecked Sendable {
    // What is not Sendable here is a constant table of functions and two objects that ONNX Runtime lets any thread use.

    /// The file that it was loaded from.
    package let path: String
    /// Who named that file, as the end of a sentence: "found through …".
    package let origin: String
    /// Its own version, such as 1.32.0.
    package let version: String

    /// The functions.
    let api: UnsafePointer<attar_ort_api>
    /// What sessions share.
    let environment: OpaquePointer
    /// Says that tensors lie in ordinary memory.
    let memory: OpaquePointer
    /// Gives and takes back the memory of what it returns.
    let allocator: OpaquePointer

    /// The version of its interface that Attar speaks.
    private static let interface: UInt32 = 5
    /// Only what ends the process is worth a line on standard error; all else comes back as an error.
    private static let fatalMessagesOnly: CInt = 4

    private static let loaded = Mutex<ONNXRuntime?>(nil)

    /// The one of this process; found and loaded on the first call.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) that says where it was looked for and how to install it.
    package static func shared() throws -> ONNXRuntime {
        try loaded.withLock { known in
            if let known { return known }
            let found = try ONNXRuntimeSearch(environment: ProcessInfo.processInfo.environment).found()
            known = found
            return found
        }
    }

    /// Makes a library the one of this process, whatever else is there; without effect where one is loaded already.
    ///
    /// - Parameter place: the file, or a folder that holds it.
    package static func use(_ place: String) throws {
        try loaded.withLock { known in
            if known == nil {
                known = try ONNXRuntimeSearch(environment: [ONNXRuntimeSearch.variable: place]).found()
            }
        }
    }

    /// Loads a library by its path, or by its name for the system to find.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where there is none, it is another library, or it is too old.
    convenience init(loading library: String, origin: String) throws {
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else {
            let reason = dlerror().map { String(cString: $0) } ?? "it cannot be loaded"
            throw AttarError(.unusableTeacher, "'\(library)' is no library that can be loaded here: \(reason)")
        }
        guard let symbol = dlsym(handle, "OrtGetApiBase") else {
            dlclose(handle)
            throw AttarError(.unusableTeacher, "'\(library)' is not ONNX Runtime: it has no function OrtGetApiBase")
        }
        typealias GetBase = @convention(c) () -> UnsafePointer<attar_ort_api_base>?
        guard let base = unsafeBitCast(symbol, to: GetBase.self)() else {
            throw AttarError(.unusableTeacher, "'\(library)' does not tell its functions")
        }
        let path = attar_ort_library_path(symbol).map { String(cString: $0) } ?? library
        try self.init(base: base, path: path, origin: origin)
    }

    /// What a loaded library says of itself.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where its version is too old, or it cannot be set up.
    init(base: UnsafePointer<attar_ort_api_base>, path: String, origin: String) throws {
        version = String(cString: base.pointee.GetVersionString())
        guard let api = base.pointee.GetApi(Self.interface) else {
            throw AttarError(
                .unusableTeacher,
                "ONNX Runtime \(version) in '\(path)' is too old: Attar needs 1.5 or newer",
                remedy: ONNXRuntimeSearch.installation)
        }
        self.path = path
        self.origin = origin
        self.api = api
        let functions = ONNXFunctions(api)
        environment = try functions.made { api.pointee.CreateEnv(Self.fatalMessagesOnly, "attar", &$0) }
        memory = try functions.made { api.pointee.CreateCpuMemoryInfo(0, 0, &$0) }
        allocator = try functions.made { api.pointee.GetAllocatorWithDefaultOptions(&$0) }
    }

    /// The functions, with errors thrown.
    var functions: ONNXFunctions { ONNXFunctions(api) }
}

/// Calls that turn a status into an error.
struct ONNXFunctions {
    private let api: UnsafePointer<attar_ort_api>

    init(_ api: UnsafePointer<attar_ort_api>) { self.api = api }

    /// Throws what a status says, if it says something.
    ///
    /// - Throws: `ONNXFailure`.
    func check(_ status: OpaquePointer?) throws {
        guard let status else { return }
        defer { api.pointee.ReleaseStatus(status) }
        throw ONNXFailure(message: String(cString: api.pointee.GetErrorMessage(status)))
    }

    /// The object that a call makes.
    func made(_ make: (inout OpaquePointer?) -> OpaquePointer?) throws -> OpaquePointer {
        var result: OpaquePointer?
        try check(make(&result))
        guard let result else { throw ONNXFailure(message: "an object was not made") }
        return result
    }

    /// The number that a call tells.
    func count(_ tell: (inout Int) -> OpaquePointer?) throws -> Int {
        var result = 0
        try check(tell(&result))
        return result
    }

    /// The code that a call tells.
    func code(_ tell: (inout CInt) -> OpaquePointer?) throws -> CInt {
        var result: CInt = 0
        try check(tell(&result))
        return result
    }

    /// The text that a call makes, given back at once.
    func text(
        _ allocator: OpaquePointer, _ make: (inout UnsafeMutablePointer<CChar>?) -> OpaquePointer?
    ) throws -> String {
        var text: UnsafeMutablePointer<CChar>?
        try check(make(&text))
        guard let text else { return "" }
        defer { try? check(api.pointee.AllocatorFree(allocator, text)) }
        return String(cString: text)
    }
}
