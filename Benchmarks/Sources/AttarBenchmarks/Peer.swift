import Foundation

/// A Python script that does the same work: each time it is asked it repeats it and answers with microseconds a unit of work.
/// Asking it in turn with our own repeats lets both see the same state of the machine.
final class Peer {
    private let process = Process()
    private let toPeer = Pipe()
    private let fromPeer = Pipe()

    /// Starts `peers/NAME.py` with the Python that peers/setup.sh made; nil where it is not installed.
    init?(_ name: String) {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
        let python = "\(cache)/attar/peers/bin/python"
        let script = "peers/\(name).py"
        guard FileManager.default.isExecutableFile(atPath: python), FileManager.default.fileExists(atPath: script)
        else { return nil }
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script]
        process.standardInput = toPeer
        process.standardOutput = fromPeer
        guard (try? process.run()) != nil, readLine() == "ready" else { return nil }
    }

    deinit {
        try? toPeer.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Does the work once more; nil where the script has ended.
    func measure() -> Double? {
        try? toPeer.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
        return readLine().flatMap(Double.init)
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
