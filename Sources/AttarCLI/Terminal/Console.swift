internal import Attar
internal import Foundation

/// The two streams: results on standard output, words for people on standard error. The one place that prints, so that no name, path or message of
/// somebody else's reaches the terminal with control characters in it.
enum Console {
    /// The most bytes of a line for people.
    private static let longestLine = 8000

    /// Writes a line of text for people to standard error.
    static func note(_ text: String) {
        write(text.shortened(to: longestLine).printable() + "\n")
    }

    /// Says what asking teachers has taken, of those that were asked anything.
    static func note(_ asked: [AskingSummary]) {
        for one in asked where one.isWorthSaying { note(one.text) }
    }

    /// Writes a line over the one that stands on the terminal.
    ///
    /// - Parameter drawn: how many characters stand there.
    /// - Returns: how many stand there now.
    static func redraw(_ text: String, over drawn: Int) -> Int {
        let text = String(text.printable().prefix(width - 1))
        write("\r" + text + String(repeating: " ", count: max(0, drawn - text.count)))
        return max(text.count, drawn)
    }

    /// Clears the line that stands on the terminal.
    static func clear(_ drawn: Int) {
        if drawn > 0 { write("\r" + String(repeating: " ", count: drawn) + "\r") }
    }

    /// Writes to standard error. Where that is closed, there is nobody to tell.
    private static func write(_ text: String) {
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
        try print(unchanged: text.printable(keepsLines: true))
    }

    private static func print(unchanged text: String) throws {
        let output = try OutputFile.standardOutput()
        try output.append(Array((text + "\n").utf8))
        try output.finish()
    }

    /// Writes one JSON document to standard output. Where that is a terminal, what its texts hold is written as escapes, which mean the same.
    static func print(json document: JSONValue) throws {
        let text = try document.text(indented: true)
        try print(unchanged: isatty(STDOUT_FILENO) == 1 ? text.escapedJSON : text)
    }

    /// Bytes of a result for standard output: as they are for programs, and without control characters for a terminal.
    static func result(_ bytes: [UInt8]) -> [UInt8] {
        guard isatty(STDOUT_FILENO) == 1 else { return bytes }
        return Array(String(decoding: bytes, as: UTF8.self).printable(keepsLines: true).utf8)
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

extension String {
    /// A JSON text whose control characters beyond those that JSON forbids are escapes, too.
    fileprivate var escapedJSON: String {
        var text = ""
        for scalar in unicodeScalars {
            if scalar.value < 0x7F || scalar.value > 0x9F, String(scalar).printable(keepsLines: true) == String(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }
}
