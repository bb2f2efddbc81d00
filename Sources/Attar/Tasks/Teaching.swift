/// How a student learns a task from a teacher.
public protocol Teaching: Sendable {
    /// Whether the same student can learn without the teacher, from labels alone: the twin that the student is held against.
    var hasTwin: Bool { get }

    /// The losses that the task has, by name.
    var losses: [DistillationLoss.Preset] { get }

    /// The name of the loss that is taken where nobody names one.
    ///
    /// - Parameter knownClasses: how many of the teacher's likeliest classes are known, where not all are.
    func usualLoss(knownClasses: Int?) -> String

    /// The loss of a student that learns without a teacher.
    var labelLoss: DistillationLoss { get }

    /// For each of the task's outputs the column of the teacher's answers that belongs to it.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where the teacher answers something else.
    func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int]

    /// Refuses answers from which nothing can be learned, though each by itself is fine.
    ///
    /// - Parameters:
    ///   - training: the answers to the training rows.
    ///   - rows: those rows.
    ///   - test: the test rows with the answers to them, of a teacher that has them at hand.
    /// - Throws: `AttarError`.
    func check(
        _ training: Answers, to rows: Dataset, test: (answers: Answers, rows: Dataset)?, of task: LearningTask) throws

    /// What a teacher's answers are brought to before they are learned from, by its answers to the training rows; nil where they are learned as they are.
    func unit(of training: Answers) -> (@Sendable (Matrix) -> Matrix)?

    /// What speaks against a teacher that is followed, by its answers to training rows whose labels are known, as a sentence without its full stop; nil for nothing.
    func doubt(about training: Answers, truth: Truth) -> String?

    /// What a reader has to know of a teacher that had learned before the rows were split, as a sentence.
    func note(onAsking teacher: any Teacher) -> String
}

extension Teaching {
    public var hasTwin: Bool { true }

    /// Nothing does.
    public func doubt(about training: Answers, truth: Truth) -> String? { nil }

    /// Answers are learned as they are.
    public func unit(of training: Answers) -> (@Sendable (Matrix) -> Matrix)? { nil }

    /// Nothing is refused.
    public func check(
        _ training: Answers, to rows: Dataset, test: (answers: Answers, rows: Dataset)?, of task: LearningTask
    ) throws {}

    /// It may have seen the rows.
    public func note(onAsking teacher: any Teacher) -> String {
        "The teacher was asked directly: if it was trained on these rows, its answers to them are in-sample, and its "
            + "figures on test rows that it has seen are too good."
    }
}
