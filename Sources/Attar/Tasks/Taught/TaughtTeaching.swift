/// Students of rows without labels learn from the teacher's answers alone.
struct TaughtTeaching: Teaching {
    private let base: any Teaching

    /// The teaching of a task that has labels usually.
    init(_ base: any Teaching) { self.base = base }

    /// There is nobody who could learn without the teacher.
    var hasTwin: Bool { false }

    var losses: [DistillationLoss.Preset] {
        base.losses.filter { preset in preset.loss.terms.contains { !$0.kind.isOnLabels } }
    }

    /// The task's own, of which labels have no share.
    func usualLoss(knownClasses: Int?) -> String { base.usualLoss(knownClasses: knownClasses) }

    var labelLoss: DistillationLoss { base.labelLoss }

    func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int] {
        try base.alignment(of: teacher, to: task)
    }
}
