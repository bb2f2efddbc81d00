import Foundation

/// A Python script that does the same work: each time it is asked it repeats it and answers with its figures in one line.
/// Asking it in turn with our own repeats lets both see the same state of the machine.
final class Peer {
    private let process = Process()
    private let toPeer = Pipe()
    private let fromPeer = Pipe()

    /// The user's folder for files that can be made again.
    static let cache: String = {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache") + "/attar"
    }()

    private static let python = "\(cache)/peers/bin/python"

    /// Whether peers/setup.sh has been run.
    static var areInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// Starts `peers/NAME.py` with the Python that peers/setup.sh made; nil where it, or a package of the script, is not installed.
    init?(_ name: String, _ arguments: String...) {
        let script = "peers/\(name).py"
        guard Self.areInstalled, FileManager.default.fileExists(atPath: script) else { return nil }
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments = [script] + arguments
        process.standardInput = toPeer
        process.standardOutput = fromPeer
        guard (try? process.run()) != nil, readLine() == "ready" else { return nil }
    }

    deinit {
        try? toPeer.fileHandleForWriting.close()
        if process.isRunning { process.waitUntilExit() }
    }

    /// Does the work once more; nil where the script has ended.
    func measure() -> [Double]? {
        try? toPeer.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
        return readLine().map { $0.split(separator: " ").compactMap { Double($0) } }
    }

    private func readLine() -> String? {
        var line = Data()
        while let byte = try? fromPeer.fileHandleForReading.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(first)
        }
        return nil
    }
}
