internal import Foundation

/// Where ONNX Runtime is looked for: where the user says, on the system's library path, in the Python package of the python3 on the PATH.
package struct ONNXRuntimeSearch {
    /// The environment variable that names the library, or a folder that holds it.
    static let variable = "ATTAR_ONNXRUNTIME"
    /// How to get it, as a sentence without its full stop.
    static let installation = "Install it with 'pip install onnxruntime', or name its library or folder in \(variable)"

    /// The process's environment.
    let environment: [String: String]

    /// Whether the system's library path is looked at.
    let asksSystem: Bool

    /// A search in an environment.
    package init(environment: [String: String], asksSystem: Bool = true) {
        self.environment = environment
        self.asksSystem = asksSystem
    }

    /// The first that can be used.
    ///
    /// What the user names is taken or refused; nothing else is tried then.
    /// - Throws: `AttarError` (`unusableTeacher`).
    package func found() throws -> ONNXRuntime {
        if let place = environment[Self.variable], !place.isEmpty { return try named(place) }
        var problems: [String] = []
        for (origin, libraries) in places() {
            for library in libraries() {
                do {
                    return try ONNXRuntime(loading: library, origin: origin)
                } catch let error as AttarError {
                    // A name that the system does not know is no finding; a file that is there and does not do is one.
                    if library.contains("/") { problems.append(error.problem) }
                }
            }
        }
        throw AttarError(
            .unusableTeacher,
            problems.first ?? "ONNX Runtime, which asks models in .onnx files, is not installed: there is none on the "
                + "system's library path and none in the Python package of the python3 on the PATH",
            remedy: Self.installation)
    }

    /// The library that the user names.
    private func named(_ place: String) throws -> ONNXRuntime {
        let origin = "the environment variable \(Self.variable)"
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
            throw AttarError(
                .unusableTeacher, "\(Self.variable) names '\(place)', which is not there",
                remedy: "Name the library libonnxruntime or a folder that holds it, or unset \(Self.variable)")
        }
        guard isFolder.boolValue else { return try ONNXRuntime(loading: place, origin: origin) }
        guard let library = Self.libraries(below: place).first else {
            throw AttarError(
                .unusableTeacher, "\(Self.variable) names the folder '\(place)', which holds no ONNX Runtime library",
                remedy: "Name the library libonnxruntime or a folder that holds it, or unset \(Self.variable)")
        }
        return try ONNXRuntime(loading: library, origin: origin)
    }

    /// Where to look, in order; each place is asked for its libraries only when it is its turn.
    private func places() -> [(origin: String, libraries: () -> [String])] {
        [
            ("the system's library path", { asksSystem ? systemLibraries() : [] }),
            ("the Python package of \(python ?? "python3")", pythonLibraries),
        ]
    }

    /// Names for the system to find, then files in the folders where it keeps libraries.
    private func systemLibraries() -> [String] {
        #if os(macOS)
            let names = ["libonnxruntime.dylib"]
            let folders = ["/opt/homebrew/lib", "/usr/local/lib"]
        #else
            let names = ["libonnxruntime.so", "libonnxruntime.so.1"]
            let machine = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
            let folders = ["/usr/local/lib"] + machine.map { "/usr/lib/\($0)" } + ["/usr/lib64", "/usr/lib"]
        #endif
        return names + folders.flatMap(Self.libraries(in:))
    }

    /// The first python3 on the PATH.
    private var python: String? {
        (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
            .first(where: FileManager.default.isExecutableFile)
    }

    /// Asks that Python once for the package's folder.
    private func pythonLibraries() -> [String] {
        guard let python else { return [] }
        let question = """
            import importlib.util as u; s = u.find_spec("onnxruntime"); print(list(s.submodule_search_locations)[0] if s else "")
            """
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", question]
        let secrets = Set(SecretVariables.names(in: environment))
        process.environment = environment.filter { !secrets.contains($0.key) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return [] }
        // A Python that does not come back must not keep this process.
        let patience = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + 10, execute: patience)
        let answer = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        patience.cancel()
        let folder = String(decoding: answer, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
        return folder.isEmpty ? [] : Self.libraries(below: folder)
    }

    /// The libraries in a folder, in its `capi` and in those of the Python package `onnxruntime` below it.
    private static func libraries(below folder: String) -> [String] {
        ["", "/capi", "/onnxruntime/capi", "/lib"].flatMap { libraries(in: folder + $0) }
    }

    /// The libraries in a folder, the one with the shortest name first: libonnxruntime.so before libonnxruntime.so.1.32.0.
    private static func libraries(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { name in
            name.hasPrefix("libonnxruntime.") && (name.contains(".so") || name.hasSuffix(".dylib"))
        }.sorted { ($0.count, $0) < ($1.count, $1) }.map { "\(folder)/\($0)" }
    }
}
