import Foundation
import Testing

/// Runs the built command in a folder of its own.
struct Attar {
    /// The folder, removed at the end.
    let folder: URL

    /// What a run left behind.
    struct Run {
        let status: Int32
        let wasInterrupted: Bool
        let output: String
        let words: String

        /// The JSON document on standard output.
        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        }
    }

    /// Runs the body in a fresh folder that holds the given files.
    static func inFolder(_ files: [String: String] = [:], _ body: (Attar) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let attar = Attar(folder: folder)
        for (name, text) in files { try attar.write(Data(text.utf8), to: name) }
        try await body(attar)
    }

    /// The path of a bundled data set.
    func dataset(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Datasets/\(name)").standardizedFileURL.path
    }

    /// Runs the command to its end.
    ///
    /// - Parameters:
    ///   - input: the name of a file for standard input.
    ///   - interruptedAfter: words on standard error after which Ctrl-C is pressed.
    func callAsFunction(
        _ arguments: String..., input: String? = nil, interruptedAfter phrase: String? = nil
    ) async throws -> Run {
        try await run(arguments, input: input, interruptedAfter: phrase)
    }

    /// Runs the command to its end; see above. The variables are added to the environment.
    ///
    /// - Parameters:
    ///   - signal: what it is interrupted by.
    ///   - isRead: whether somebody reads its standard output; else that is a pipe whose reader is gone.
    func run(
        _ arguments: [String], input: String? = nil, interruptedAfter phrase: String? = nil, by signal: Int32 = SIGINT,
        environment: [String: String] = [:], isRead: Bool = true
    ) async throws -> Run {
        let streams = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: streams) }
        let (output, words) = (streams.appendingPathComponent("1"), streams.appendingPathComponent("2"))
        for stream in [output, words] { try Data().write(to: stream) }
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try input.map { try FileHandle(forReadingFrom: file($0)) } ?? FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        if !isRead {
            let pipe = Pipe()
            try pipe.fileHandleForReading.close()
            process.standardOutput = pipe.fileHandleForWriting
        }
        process.standardError = try FileHandle(forWritingTo: words)
        let ended = AsyncStream<Void> { continuation in
            process.terminationHandler = { _ in continuation.finish() }
        }
        try process.run()
        if let phrase {
            // On a thread of its own: beside tests that keep all threads busy, a task that sleeps is woken seconds late, when the run is over.
            Thread.detachNewThread {
                while process.isRunning {
                    guard (try? String(contentsOf: words, encoding: .utf8))?.contains(phrase) ?? false else {
                        usleep(5000)
                        continue
                    }
                    kill(process.processIdentifier, signal)
                    return
                }
            }
        }
        for await _ in ended {}
        return Run(
            status: process.terminationStatus, wasInterrupted: process.terminationReason == .uncaughtSignal,
            output: try String(contentsOf: output, encoding: .utf8),
            words: try String(contentsOf: words, encoding: .utf8))
    }

    /// Runs the command and kills it as soon as something is the case. Returns whether it ended by itself before.
    ///
    /// Holds on to its thread: beside tests that keep all threads busy, a task that sleeps is woken seconds late, when the run is over.
    func run(_ arguments: [String], killedWhen isDue: () throws -> Bool) throws -> Bool {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder
        for stream in [\Process.standardInput, \.standardOutput, \.standardError] {
            process[keyPath: stream] = FileHandle.nullDevice
        }
        try process.run()
        while process.isRunning, try !isDue() { usleep(1000) }
        if !process.isRunning {
            try #require(process.terminationStatus == 0, "the run failed by itself")
            return true
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return false
    }

    /// A file in the folder.
    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// The text of a file in the folder.
    func text(_ name: String) throws -> String { try String(contentsOf: file(name), encoding: .utf8) }

    /// The bytes of a file in the folder.
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: file(name)) }

    /// Writes a file into the folder.
    func write(_ bytes: Data, to name: String) throws { try bytes.write(to: file(name)) }

    /// All names in the folder, hidden ones, too.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

    /// The command lies beside the tests, wherever those were built.
    static func executable() throws -> URL {
        let paths = CommandLine.arguments + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
        let folders = paths.flatMap { path in
            let url = URL(fileURLWithPath: path)
            return [url.deletingLastPathComponent(), url.deletingLastPathComponent().deletingLastPathComponent(), url]
        }
        let candidates = folders.map { $0.appendingPathComponent("attar") }
        return try #require(
            candidates.first {
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: $0.path, isDirectory: &isFolder) && !isFolder.boolValue
                    && FileManager.default.isExecutableFile(atPath: $0.path)
            }, "the attar command is not built")
    }
}
