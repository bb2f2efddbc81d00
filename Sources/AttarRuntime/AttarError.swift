/// The one error that Attar throws: what went wrong and where, and what to do about it.
public struct AttarError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure, for programs that want to act on it. New kinds may be added.
    public struct Code: Hashable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A code of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A file that cannot be opened or read.
        public static let unreadableFile = Code(rawValue: "unreadableFile")
        /// A data file whose contents are not what its format promises.
        public static let malformedData = Code(rawValue: "malformedData")
        /// A column that is named but not there.
        public static let unknownColumn = Code(rawValue: "unknownColumn")
        /// A target that cannot be learned: missing values, one class only, a class never seen in training.
        public static let invalidTarget = Code(rawValue: "invalidTarget")
        /// A setting out of its range, or an unknown name.
        public static let invalidSetting = Code(rawValue: "invalidSetting")
        /// Rows that do not have the columns that a model was trained on.
        public static let schemaMismatch = Code(rawValue: "schemaMismatch")
        /// A teacher that cannot be asked, or whose answers cannot be used.
        public static let unusableTeacher = Code(rawValue: "unusableTeacher")
        /// A limit of requests or cost that was reached before a teacher had answered everything.
        public static let limitReached = Code(rawValue: "limitReached")
        /// An artifact that is truncated, inconsistent, of a newer version or none at all.
        public static let malformedArtifact = Code(rawValue: "malformedArtifact")
        /// An output that cannot be written.
        public static let unwritableFile = Code(rawValue: "unwritableFile")
        /// A training run whose numbers are no longer finite.
        public static let diverged = Code(rawValue: "diverged")
        /// A run that the caller asked to stop.
        public static let stopped = Code(rawValue: "stopped")
    }

    /// The kind of failure.
    public let code: Code
    /// What went wrong and where, as a sentence without its full stop: file, row and column where there are any.
    public let problem: String
    /// What the user can do about it, as a sentence without its full stop; empty where nothing helps.
    public let remedy: String
    /// The error underneath, if there is one.
    public let underlying: (any Error)?

    /// The most bytes of a sentence. Names that it repeats may be as long as a file.
    private static let longestSentence = 2000

    /// Makes an error. Of a sentence of more than 2,000 bytes the middle is left out.
    public init(_ code: Code, _ problem: String, remedy: String = "", underlying: (any Error)? = nil) {
        self.code = code
        self.problem = problem.shortened(to: Self.longestSentence)
        self.remedy = remedy.shortened(to: Self.longestSentence)
        self.underlying = underlying
    }

    /// One line: the problem, then the remedy.
    public var description: String {
        [problem, remedy].filter { !$0.isEmpty }.map { $0.hasSuffix("?") ? $0 : "\($0)." }.joined(separator: " ")
    }
}
