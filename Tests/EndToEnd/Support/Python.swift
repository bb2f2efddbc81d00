import Foundation
import Testing

/// The Python that scripts/fixtures.sh installed, and the scripts of Examples.
enum Python {
    /// Its interpreter.
    static func interpreter() throws -> String { try fixture("python/bin/python") }

    /// The path of something that scripts/fixtures.sh made.
    static func fixture(_ name: String) throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache"
        let path = "\(cache)/attar/fixtures/\(name)"
        let there = FileManager.default.fileExists(atPath: path) ? path : nil
        return try #require(there, "'\(path)' is missing: run scripts/fixtures.sh")
    }

    /// The path of a script in Examples/teachers.
    static func example(_ name: String, from test: String = #filePath) -> String {
        URL(fileURLWithPath: test).appendingPathComponent("../../../Examples/teachers/\(name)").standardized.path
    }

    /// Runs a script to its end in a folder.
    static func run(_ script: String, in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try interpreter())
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "the script failed")
    }
}
