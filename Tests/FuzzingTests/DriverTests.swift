import Foundation
import Testing

/// The driver of `make fuzz`, on a reader that falls.
struct DriverTests {
    @Test func `A trap, a hang, a gigabyte and an error that is no sentence are found, with their inputs`() async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = ["--minutes", "1", "--patience", "15", "--out", folder.path, "self-test"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = AsyncStream<Void> { continuation in
            process.terminationHandler = { _ in continuation.finish() }
        }
        try process.run()
        for await _ in ended {}
        #expect(process.terminationStatus == 1)
        for (number, input, words) in [
            (0, "trap", "ended by signal"), (1, "hang", "hung"), (2, "memory", "MB of memory"),
            (3, "error", "CancellationError"),
        ] {
            let file = folder.appendingPathComponent("self-test-1-\(number)").path
            #expect(try String(contentsOfFile: "\(file).bin", encoding: .utf8) == input)
            let found = try String(contentsOfFile: "\(file).txt", encoding: .utf8)
            #expect(found.contains(words), "\(found)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("self-test-1-4.bin").path))
    }

    /// The driver lies beside the tests, wherever those were built.
    private static func executable() throws -> URL {
        let paths = CommandLine.arguments + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
        let folders = paths.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        let candidates = (folders + folders.map { $0.deletingLastPathComponent() }).map {
            $0.appendingPathComponent("Fuzz")
        }
        return try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "the driver is not built")
    }
}
