/// How to train one model: a configuration value. There is no unfitted model; `fitted` returns an immutable one.
///
/// Settings are validated when fitting, so that a value can be built step by step.
public protocol Estimator: Codable, Sendable {
    /// The family it belongs to, as named on the command line.
    static var family: Family { get }

    /// The estimator that a specification such as `mlp[64,32]` or `tree[leaves=16]` names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an option that the family does not have or a value that does not parse.
    init(_ specification: Specification) throws

    /// Refuses settings out of their range; `fitted` does so, too.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    func validate() throws

    /// Refuses rows of a kind that it does not read, before time is spent on anything else; `fitted` does so, too.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) with what it reads.
    func validate(for encoder: FeatureEncoder) throws

    /// Trains on the transfer set.
    ///
    /// - Parameters:
    ///   - transferSet: the rows to learn from: features, soft targets, hard labels, weights.
    ///   - validation: rows for early stopping, never learned from; nil for none.
    ///   - context: loss, seed, threads and progress.
    /// - Throws: `AttarError`: `invalidSetting` for a setting out of range, `diverged`, `stopped`.
    func fitted(to transferSet: TransferSet, validation: TransferSet?, context: FittingContext) throws -> any Model

    /// The one task that it learns; nil for whatever rows or teacher ask, as most do.
    var onlyTask: LearningTask.Kind? { get }

    /// What its model answers where it finds that in rows alone, without labels or a teacher; nil for those that learn what they are told, as most do.
    var ownTask: LearningTask? { get }

    /// The same student before it learns from rows, which it is measured against where a task has no twin; nil where there is none, as in most families.
    var untrained: (any Estimator)? { get }

    /// About how many bytes a fit holds at most besides the rows that it is given: fits run side by side only while theirs fit into memory.
    func memoryEstimate(_ rows: RowsExtent) -> Int

    /// The estimator that trains on all rows for as long as validation rows found best for `model`, without validation rows.
    func refitting(after model: any Model) -> any Estimator
}

extension Estimator {
    /// Families whose settings are all allowed refuse nothing.
    public func validate() throws {}

    /// Families that read rows of all kinds refuse none.
    public func validate(for encoder: FeatureEncoder) throws {}

    /// Most students learn whatever is asked.
    public var onlyTask: LearningTask.Kind? { nil }

    /// Most learn what they are told.
    public var ownTask: LearningTask? { nil }

    /// Most students know nothing before they learn from rows.
    public var untrained: (any Estimator)? { nil }

    /// Most families copy the rows once or twice, and hold a few numbers a row and output.
    public func memoryEstimate(_ rows: RowsExtent) -> Int { 2 * rows.bytes }

    /// Families that do not stop early are refitted as they are.
    public func refitting(after model: any Model) -> any Estimator { self }
}

extension FittingContext {
    /// The same with smoothed labels.
    func smoothing(labels share: Double) -> FittingContext {
        var context = self
        context.loss = loss.with(labelSmoothing: share)
        return context
    }
}

/// What a fit needs besides its data.
public struct FittingContext: Sendable {
    /// The loss to minimise; families that cannot minimise it as it is (trees) learn its blend of label and soft target.
    public var loss: DistillationLoss
    /// All randomness of the fit follows from it.
    public var seed: UInt64
    /// Worker threads, at least 1. Results are the same for the same seed and number of threads.
    public var threads: Int
    /// Told how far the fit is; may ask it to stop.
    public var progress: ProgressHandler
    /// Where fits keep how far they are, so that a run that was killed goes on; nil for nowhere.
    public var checkpoints: CheckpointFolder?
    /// A second network that learns at the same time, each from the other's present answers, and is forgotten in the end; nil for none. Only
    /// networks look at it.
    public var peer: (any Estimator)?
    /// Where a fit may ask the teacher while it learns; nil where there is no teacher.
    public var desk: (any Desk)?

    /// A context; by default on one thread, silent.
    public init(
        loss: DistillationLoss, seed: UInt64 = 1, threads: Int = 1,
        progress: @escaping ProgressHandler = { _ in .more }, checkpoints: CheckpointFolder? = nil
    ) {
        self.loss = loss
        self.seed = seed
        self.threads = threads
        self.progress = progress
        self.checkpoints = checkpoints
    }
}
