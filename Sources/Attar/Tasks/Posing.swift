/// What rows ask: how a target is read from their columns, and how they may be parted.
public protocol Posing: Sendable {
    /// Whether rows need a target. Without one they are learned from the teacher's answers alone.
    var needsTarget: Bool { get }

    /// Whether rows may have a target.
    var takesTarget: Bool { get }

    /// Whether such a target holds what a teacher has found that cannot be asked, instead of labels.
    var targetHoldsAnswers: Bool { get }

    /// Whether columns are a target of this task where nobody says which task it is.
    func isMeant(by columns: [Column]) -> Bool

    /// The target that columns make.
    ///
    /// - Parameters:
    ///   - columns: columns of `rows`, none of them with missing values or arrays.
    ///   - name: as the user wrote it.
    ///   - task: a trained model's task, whose classes or outputs these rows must have; nil makes it from the rows.
    /// - Throws: `AttarError` (`invalidTarget`).
    func target(_ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?) throws -> Target

    /// What the rows ask, with their units.
    ///
    /// - Parameter task: what a teacher answers, where rows have no target of their own.
    /// - Throws: `AttarError` (`invalidTarget`) where the rows lack what the task needs.
    func problem(_ rows: Dataset, answeredAs task: LearningTask?) throws -> Problem

    /// Rows of one stratum are spread evenly over training and test rows and over folds: each row's stratum, −1 where it is not known.
    func strata(of target: Target) -> [Int32]
}

extension Posing {
    public var needsTarget: Bool { true }

    /// A target holds labels.
    public var targetHoldsAnswers: Bool { false }

    /// Where one is needed.
    public var takesTarget: Bool { needsTarget }

    /// The target of the rows; each row is a unit, but for those of a group and for copies.
    public func problem(_ rows: Dataset, answeredAs task: LearningTask?) throws -> Problem {
        Problem(
            task: try rows.knownTarget.task, rows: rows, truth: try rows.knownTarget.truth,
            units: rows.keptTogether)
    }
}
