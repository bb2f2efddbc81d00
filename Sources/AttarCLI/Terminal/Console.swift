internal import Attar
internal import Foundation

/// The two streams: results on standard output, words for people on standard error.
enum Console {
    /// Writes text for people to standard error.
    static func note(_ text: String) {
        write(text + "\n")
    }

    /// Writes text to standard error as it is. Where that is closed, there is nobody to tell.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Writes an error for people: one line.
    static func print(error: AttarError) {
        note("attar: error: \(error.description.split(whereSeparator: \.isNewline).joined(separator: " "))")
    }

    /// Writes a result to standard output.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where standard output is full or closed.
    static func print(_ text: String) throws {
        let output = try OutputFile.standardOutput()
        try output.append(Array((text + "\n").utf8))
        try output.finish()
    }

    /// Writes one JSON document to standard output.
    static func print(json document: JSONValue) throws {
        try print(document.text(indented: true))
    }

    /// Whether standard error is a terminal that can redraw a line.
    static var redraws: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Characters that fit a line of the terminal.
    static var width: Int { columns ?? 80 }

    /// Characters that a table may take: as many as it likes where nobody looks at it on a terminal.
    static var tableWidth: Int { columns ?? .max }

    private static var columns: Int? {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
