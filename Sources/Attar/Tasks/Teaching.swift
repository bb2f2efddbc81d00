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
}

extension Teaching {
    public var hasTwin: Bool { true }
}
