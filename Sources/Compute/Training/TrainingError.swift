/// A training run that ended without a result.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why it ended. Reasons may be added.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// The loss was no finite number.
        public static let diverged = Code(name: "diverged")
        /// The state to go on from is one of another run.
        public static let foreignCheckpoint = Code(name: "foreignCheckpoint")
        /// The receiver of progress asked to stop.
        public static let stopped = Code(name: "stopped")
    }

    /// Why it ended.
    public let code: Code
    /// What happened at which step, as a sentence without its full stop.
    public let problem: String
    /// What can be done about it, as a sentence without its full stop.
    public let remedy: String

    public var description: String { "\(problem). \(remedy)." }
}
