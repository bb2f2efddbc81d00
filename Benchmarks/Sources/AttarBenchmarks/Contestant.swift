import Foundation

/// A process that does one piece of work: each time it is asked it repeats it and answers with its figures in one line.
/// Asking all contestants in turn lets them see the same state of the machine, and each has its peak memory to itself.
final class Contestant {
    /// Whose figures these are.
    let name: String
    /// What the process says of how it works; empty where there is no choice.
    private(set) var note = ""

    private let process = Process()
    private let toProcess = Pipe()
    private let fromProcess = Pipe()

    /// The user's folder for files that can be made again.
    static let cache: String = {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache") + "/attar"
    }()

    /// This program in a process of its own: `measurements` of main.swift take the arguments.
    static func own(_ arguments: String...) -> Contestant? {
        Contestant("Attar", CommandLine.arguments[0], ["measure"] + arguments, installation: nil)
    }

    /// A Python script in `peers` with the Python that peers/setup.sh made.
    ///
    /// - Parameters:
    ///   - environment: the virtual environment beneath the peers' folder: "" or "keras".
    ///   - variables: changes to the process's environment.
    /// - Returns: nil where it, or a package of the script, is not installed; that is said once, with what to install.
    static func peer(
        _ name: String, _ script: String, _ arguments: [String] = [], environment: String = "",
        variables: [String: String] = [:]
    ) -> Contestant? {
        let folder = environment.isEmpty ? "\(cache)/peers" : "\(cache)/peers/\(environment)"
        let setup = "run Benchmarks/peers/setup.sh \(environment.isEmpty ? "torch" : environment)"
        return Contestant(
            name, "\(folder)/bin/python", ["peers/\(script).py"] + arguments, variables: variables,
            installation: "\(name) is left out: it is not installed or does not start; \(setup)")
    }

    private init?(
        _ name: String, _ executable: String, _ arguments: [String], variables: [String: String] = [:],
        installation: String?
    ) {
        self.name = name
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        process.standardInput = toProcess
        process.standardOutput = fromProcess
        // Peers warn of much on standard error; what matters is told by their not starting.
        if installation != nil, Settings.isQuiet { process.standardError = FileHandle.nullDevice }
        let words =
            FileManager.default.isExecutableFile(atPath: executable) && (try? process.run()) != nil
            ? readLine()?.split(separator: " ", maxSplits: 1) : nil
        guard let words, words.first == "ready" else {
            if let installation { Notices.say(installation) }
            return nil
        }
        note = words.count > 1 ? String(words[1]) : ""
    }

    deinit {
        try? toProcess.fileHandleForWriting.close()
        if process.isRunning { process.waitUntilExit() }
    }

    /// Does the work once more; nil where the process has ended.
    func measure() -> [Double]? {
        try? toProcess.fileHandleForWriting.write(contentsOf: Data("go\n".utf8))
        return readLine().map { $0.split(separator: " ").compactMap { Double($0) } }
    }

    private func readLine() -> String? {
        var line = Data()
        while let byte = try? fromProcess.fileHandleForReading.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(first)
        }
        return nil
    }
}

/// Sentences for the reader of the table, each said once, on standard error.
enum Notices {
    nonisolated(unsafe) private static var said: Set<String> = []

    static func say(_ sentence: String) {
        if said.insert(sentence).inserted { FileHandle.standardError.write(Data("\(sentence).\n".utf8)) }
    }
}

/// Asks all contestants in turn, so many times, and returns the median of each figure of each of them.
func contest(_ contestants: [Contestant], repeats: Int = Settings.repeats) -> [[Double]] {
    var answers = [[[Double]]](repeating: [], count: contestants.count)
    for _ in 0..<repeats {
        for (index, contestant) in contestants.enumerated() {
            if let figures = contestant.measure() { answers[index].append(figures) }
        }
    }
    return answers.map { repeats in
        guard let first = repeats.first else { return [] }
        return first.indices.map { column in median(repeats.map { $0[column] }) }
    }
}
