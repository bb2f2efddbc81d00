/// Students of classes learn from labels and from the teacher's probabilities.
public struct ClassTeaching: Teaching {
    /// The teaching of classes.
    public init() {}

    public var losses: [DistillationLoss.Preset] { DistillationLoss.probabilityPresets }

    /// Where only so many classes are known, these are what is learned.
    public func usualLoss(knownClasses: Int?) -> String { knownClasses == nil ? "hinton" : "top-k" }

    public var labelLoss: DistillationLoss { .labelsOnly(.probabilities) }

    /// Classes are found by their names, in any order; true and false however they are written.
    public func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int] {
        let positions = TruthWord.positions(of: task.names, among: teacher.names)
        let order = try zip(task.names, positions).map { name, position in
            guard let position else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher does not know the class '\(name)'; it knows \(listed(teacher.names))",
                    remedy:
                        "Use a teacher that was trained on the same classes, or name its classes with --classes, in the order of its outputs"
                )
            }
            return position
        }
        guard teacher.width == task.width else {
            let extra = teacher.names.indices.first { !order.contains($0) }.map { teacher.names[$0] } ?? ""
            throw AttarError(
                .unusableTeacher, "the teacher knows the class '\(extra)', which the target does not have",
                remedy: "Use a teacher that was trained on the same classes")
        }
        return order
    }
}
