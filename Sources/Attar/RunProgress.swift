/// How far a run is. Sent at most a few times a second from a loop, and once at its end.
public struct RunProgress: Sendable {
    /// What is being done, for people: "asking the teacher", "training mlp[16]".
    public var phase: String
    /// Units done so far: steps, rows or models, as `unit` says.
    public var completed: Int
    /// Units in all; nil where that is not known.
    public var total: Int?
    /// What is counted: "steps", "rows", "folds".
    public var unit: String
    /// The training loss at this point, where there is one.
    public var loss: Double?
    /// A sentence without its full stop that people should be able to read after the run, too; sent once.
    public var note: String?

    /// A report.
    public init(phase: String, completed: Int, total: Int?, unit: String, loss: Double? = nil, note: String? = nil) {
        self.phase = phase
        self.completed = completed
        self.total = total
        self.unit = unit
        self.loss = loss
        self.note = note
    }
}

/// What the receiver of a progress report answers.
public enum ProgressAnswer: Sendable {
    /// Go on.
    case more
    /// Stop as soon as it is safe; the run throws `AttarError` (`stopped`).
    case stop
}

/// Receives progress; called on the thread that works.
public typealias ProgressHandler = @Sendable (RunProgress) -> ProgressAnswer

/// Reports progress and throws `AttarError` (`stopped`) where the receiver says to stop.
package func report(_ progress: RunProgress, to handler: ProgressHandler) throws {
    if handler(progress) == .stop {
        throw AttarError(.stopped, "stopped while \(progress.phase)", remedy: "Nothing was written")
    }
}
