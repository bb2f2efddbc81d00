import Attar
import Foundation
import Testing

/// Small programs that the tests write, run with the Python that scripts/fixtures.sh installed.
enum PythonProgram {
    /// Its interpreter.
    static func interpreter() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache"
        let path = "\(cache)/attar/fixtures/python/bin/python"
        let there = FileManager.default.isExecutableFile(atPath: path) ? path : nil
        return try #require(there, "'\(path)' is missing: run scripts/fixtures.sh")
    }

    /// Calls the body with a folder that holds the program, and the command that runs it there.
    static func inFolder<Result>(
        _ script: String, _ body: (_ command: String, _ folder: URL) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("teacher.py")
        try Data(script.utf8).write(to: path)
        return try await body("'\(try interpreter())' '\(path.path)' '\(folder.path)'", folder)
    }

    /// A program that calls `answer(id, row)` for each row, and prints what it returns as JSON unless that is None.
    static func answering(_ body: String, at start: String = "") -> String {
        """
        import json, os, signal, sys, time
        folder = sys.argv[1]
        \(start)
        def answer(id, row):
        \(body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n"))
        for line in sys.stdin:
            message = json.loads(line)
            if "id" in message:
                said = answer(message["id"], message["row"])
                if said is not None:
                    print(json.dumps(said))
        """
    }

    /// The program that answers with the probabilities that `expected` gives, too.
    static let probabilities = "p = 1 / (1 + row['x'] % 7); return {'id': id, 'probabilities': [p, 1 - p]}"

    /// Rows with a number from 0 on, and two classes.
    static func rows(_ count: Int) -> Dataset {
        Dataset(
            source: "numbers", columns: [Column("x", .numeric((0..<count).map(Float.init)))],
            target: Target(name: "y", classes: ["no", "yes"], labels: (0..<count).map { Int32($0 % 2) }))
    }

    /// What such rows are answered with, row by row.
    static func expected(_ count: Int) -> [Float] {
        (0..<count).flatMap { row -> [Float] in
            let p = 1 / (1 + Double(row % 7))
            return [Float(p), Float(1 - p)]
        }
    }

    /// Settings with a few changes.
    static func settings(_ change: (inout TeacherSettings) throws -> Void) rethrows -> TeacherSettings {
        var settings = TeacherSettings()
        try change(&settings)
        return settings
    }
}
