import Attar
import Foundation
import Testing

/// Where ONNX Runtime is looked for, and what is said where it is not.
struct ONNXRuntimeTests {
    /// The system is not asked: it would find the library that this process has loaded already.
    private static func found(_ environment: [String: String]) throws -> ONNXRuntime {
        try ONNXRuntimeSearch(environment: environment, asksSystem: false).found()
    }

    private static var package: String { get throws { try ONNXFixtures.package("onnxruntime") } }

    @Test(arguments: ["", "/capi"])
    func `The user names its folder`(_ folder: String) throws {
        let runtime = try Self.found(["ATTAR_ONNXRUNTIME": Self.package + folder])
        #expect(runtime.path.contains("onnxruntime/capi/libonnxruntime.so"))
        #expect(runtime.origin.contains("ATTAR_ONNXRUNTIME"))
        #expect(runtime.version.split(separator: ".").count == 3)
    }

    @Test func `The Python on the PATH tells where its package is`() throws {
        let binaries = try URL(fileURLWithPath: Self.package).appendingPathComponent("../../../../bin").standardized
            .path
        let runtime = try Self.found(["PATH": binaries])
        #expect(runtime.path.contains("onnxruntime/capi/libonnxruntime.so"))
        #expect(runtime.origin.contains("python3"))
    }

    @Test func `Where there is none, the message says how to install it`() {
        let words = sentence { try Self.found(["PATH": "/nowhere"]) }
        #expect(words.contains("is not installed") && words.contains("pip install onnxruntime"), "\(words)")
    }

    @Test func `A place that the user names and that holds none is refused`() throws {
        #expect(sentence { try Self.found(["ATTAR_ONNXRUNTIME": "/nowhere"]) }.contains("which is not there"))
        #expect(sentence { try Self.found(["ATTAR_ONNXRUNTIME": "/usr"]) }.contains("holds no ONNX Runtime library"))
        try withFile("no library".utf8, named: "libonnxruntime.so") { path in
            #expect(sentence { try Self.found(["ATTAR_ONNXRUNTIME": path]) }.contains("no library that can be loaded"))
        }
        let other = try "\(Self.package)/capi/libonnxruntime_providers_shared.so"
        #expect(sentence { try Self.found(["ATTAR_ONNXRUNTIME": other]) }.contains("has no function OrtGetApiBase"))
    }

    @Test func `A version that is too old is named with its file`() throws {
        let folder = try ONNXFixtures.path("old")
        let words = sentence { try Self.found(["ATTAR_ONNXRUNTIME": folder]) }
        #expect(words.contains("ONNX Runtime 1.2.0 in '"), "\(words)")
        #expect(words.contains("/old/libonnxruntime.so' is too old: Attar needs 1.5 or newer"), "\(words)")
    }
}
