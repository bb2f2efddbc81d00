internal import Compute

/// Students of clusters learn from the teacher's clusters alone, softly where it says how sure it is.
public struct ClusterTeaching: Teaching {
    private let base = TaughtTeaching(ClassTeaching())

    /// The teaching of clusters.
    public init() {}

    public var hasTwin: Bool { base.hasTwin }

    public var losses: [DistillationLoss.Preset] { base.losses }

    public func usualLoss(knownClasses: Int?) -> String { base.usualLoss(knownClasses: knownClasses) }

    public var labelLoss: DistillationLoss { base.labelLoss }

    public func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int] {
        try base.alignment(of: teacher, to: task)
    }

    public func check(
        _ training: Answers, to rows: Dataset, test: (answers: Answers, rows: Dataset)?, of task: LearningTask
    ) throws {
        try ClusterCheck.require(training, to: rows, test: test, of: task)
    }

    public func note(onAsking teacher: any Teacher) -> String {
        teacher.answersKnownRowsOnly
            ? "The teacher cannot be asked about a new row: the student is its answer to those. How good an answer, the test rows tell, whose clusters were held back from the student; whoever found the clusters had seen all rows."
            : "The teacher was asked directly. Where it found its clusters in rows that are tested on, these are not new to it; they are to the student."
    }
}
