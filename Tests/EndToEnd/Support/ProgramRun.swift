import Foundation

/// A program that is run to its end without a shell; no thread waits for it.
enum ProgramRun {
    /// What a program writes, which goes through a file, and its exit status.
    ///
    /// - Parameter takesErrors: whether what it writes to standard error belongs to it; else that is thrown away.
    static func output(
        of program: URL, _ arguments: [String], to output: URL, takesErrors: Bool
    ) async throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = takesErrors ? handle : FileHandle.nullDevice
        let ended = AsyncStream<Void> { continuation in
            process.terminationHandler = { _ in continuation.finish() }
        }
        try process.run()
        for await _ in ended {}
        return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
    }
}
