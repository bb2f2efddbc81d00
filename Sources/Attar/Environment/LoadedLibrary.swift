/// A library that Attar loads when it is first needed and can do without, for `attar doctor`.
public struct LoadedLibrary: Hashable, Codable, Sendable {
    /// The library's name.
    public let name: String
    /// What Attar does with it.
    public let purpose: String
    /// Its version; nil where it is not there.
    public let version: String?
    /// Where it was found and who named that place; or why it cannot be used.
    public let details: String
    /// How to install it.
    public let install: String

    /// Every such library, as it would be found now.
    public static var all: [LoadedLibrary] {
        let install = "pip install onnxruntime, or name its library in \(ONNXRuntimeSearch.variable)"
        let (name, purpose) = ("ONNX Runtime", "teachers in .onnx files")
        do {
            let runtime = try ONNXRuntime.shared()
            return [
                LoadedLibrary(
                    name: name, purpose: purpose, version: runtime.version,
                    details: "\(runtime.path), found through \(runtime.origin)", install: install)
            ]
        } catch {
            return [
                LoadedLibrary(
                    name: name, purpose: purpose, version: nil,
                    details: (error as? AttarError)?.problem ?? "\(error)", install: install)
            ]
        }
    }
}
