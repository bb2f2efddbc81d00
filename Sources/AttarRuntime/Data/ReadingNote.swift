/// Something about a data file that is no error, and that its owner should know: how a doubtful case was read.
public struct ReadingNote: Hashable, Sendable, CustomStringConvertible {
    /// The column that it is about; nil where it is about the whole file.
    public let column: String?
    /// The note, a sentence without its full stop.
    public let text: String

    /// A note.
    public init(column: String? = nil, _ text: String) {
        self.column = column
        self.text = text
    }

    public var description: String { text }
}
