/// Students of values learn from the labels' and the teacher's values.
public struct ValueTeaching: Teaching {
    /// The teaching of values.
    public init() {}

    public var losses: [DistillationLoss.Preset] { DistillationLoss.valuePresets }

    public func usualLoss(knownClasses: Int?) -> String { "blended" }

    public var labelLoss: DistillationLoss { .labelsOnly(.values) }

    /// Answers stand in the same order, whatever they are called.
    public func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int] {
        guard teacher.width == task.width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher gives \(teacher.width) values a row, but the target has \(task.width)")
        }
        return Array(0..<task.width)
    }
}
