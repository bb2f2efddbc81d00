internal import CProcess
internal import Foundation

/// One running copy of a program: what is still to be written to it, and what it has written.
struct ProgramCopy: Sendable {
    private var child: attar_child
    /// What it is to be told; from `sent` on it has not taken it yet.
    private var message: [UInt8]
    private var sent = 0
    /// What it has written and was not looked at yet, from `seen` on; no line ends before `searched`.
    private(set) var received: [UInt8] = []
    private var seen = 0
    private var searched = 0
    /// The end of what it wrote to standard error.
    private var complaints: [UInt8] = []
    /// The number that the next row gets.
    var nextID = 0
    /// Whether it writes no more.
    private(set) var hasEnded = false
    /// How it ended, once it was ended.
    private var ending: String?
    /// What it said of itself.
    var hello: ProgramHello?

    /// Room for one exchange, kept so that it is not made anew each time.
    private var room = [UInt8](repeating: 0, count: 1 << 18)
    private var errorRoom = [UInt8](repeating: 0, count: 1 << 18)

    /// How much of standard error is kept, and how long a line may be: room for an answer of half a million numbers.
    private static let complaintsKept = 4096
    private static let longestLine = 1 << 24

    init(_ child: attar_child, greeting: [UInt8]) {
        self.child = child
        message = greeting
    }

    /// The number that the system gave it.
    var process: Int32 { child.process }

    /// Whether it has taken all that it was told.
    var hasTakenAll: Bool { sent == message.count }

    /// Puts something behind what it is to be told.
    mutating func tell(_ write: (inout [UInt8]) -> Void) {
        if sent == message.count {
            message.removeAll(keepingCapacity: true)
            sent = 0
        }
        write(&message)
    }

    /// Waits until it takes or gives something. Returns whether it did.
    @discardableResult
    mutating func exchange(milliseconds: Int) -> Bool {
        let moved = attar_child_exchange(
            &child, message, sent, message.count, &room, &errorRoom, room.count, Int32(milliseconds))
        // A program that reads no more may still write; its end of output tells that it is done.
        sent = moved.inputClosed ? message.count : sent + moved.written
        received.append(contentsOf: room[..<moved.read])
        if moved.errors > 0 {
            complaints.append(contentsOf: errorRoom[..<moved.errors])
            if complaints.count > Self.complaintsKept { complaints.removeFirst(complaints.count - Self.complaintsKept) }
        }
        hasEnded = hasEnded || moved.outputEnded
        return moved.written + moved.read + moved.errors > 0 || moved.outputEnded || moved.inputClosed
    }

    /// Where the next whole line stands in `received`; nil where there is none yet. A last line needs no line feed.
    mutating func line() -> Range<Int>? {
        while true {
            guard let end = received[searched...].firstIndex(of: 10) else {
                searched = received.count
                if hasEnded, seen < received.count {
                    defer { seen = received.count }
                    return seen..<received.count
                }
                // What was looked at is let go, so that the buffer does not grow.
                received.removeFirst(seen)
                (seen, searched) = (0, received.count)
                return nil
            }
            let line = seen..<end
            (seen, searched) = (end + 1, end + 1)
            if received[line].contains(where: { $0 > 32 }) { return line }
        }
    }

    /// How long the line is that has not ended yet.
    var openLine: Int { received.count - seen }

    /// Whether that is longer than any answer.
    var hasEndlessLine: Bool { openLine > Self.longestLine }

    /// Ends it, and says how it ended: "ended with status 1; its last words: …". Ending it again changes nothing: its descriptors and its
    /// number may be another's by then.
    mutating func end(grace milliseconds: Int) -> String {
        if let ending { return ending + lastWords }
        // What it has said while it ended.
        if child.errors >= 0 { exchange(milliseconds: 0) }
        var (status, signal): (Int32, Int32) = (0, 0)
        attar_child_end(&child, Int32(milliseconds), &status, &signal)
        let manner = signal != 0 ? "was ended by signal \(signal)" : "ended with status \(status)"
        ending = manner
        return manner + lastWords
    }

    /// The last lines of its standard error, to be put behind a sentence; empty where it said nothing.
    var lastWords: String {
        let lines = String(decoding: complaints, as: UTF8.self).split(whereSeparator: \.isNewline).map {
            $0.split(separator: " ").joined(separator: " ")
        }
        .filter { !$0.isEmpty }
        let words = lines.suffix(3).joined(separator: " / ")
        return words.isEmpty ? "; it said nothing on standard error" : "; its last words: \(words.suffix(400))"
    }
}
