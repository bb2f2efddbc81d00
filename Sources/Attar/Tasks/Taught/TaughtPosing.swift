/// Rows without labels: what is right is what the teacher says.
struct TaughtPosing: Posing {
    private let base: any Posing
    private let kind: LearningTask.Kind

    /// The rows of a task that has labels usually.
    init(_ base: any Posing, of kind: LearningTask.Kind) { (self.base, self.kind) = (base, kind) }

    var needsTarget: Bool { false }

    func isMeant(by columns: [Column]) -> Bool { false }

    func target(
        _ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?
    ) throws -> Target {
        try base.target(name, from: columns, of: rows, matching: task)
    }

    /// The rows, to be answered as the teacher does: its classes or outputs are the task's.
    func problem(_ rows: Dataset, answeredAs task: LearningTask?) throws -> Problem {
        guard let task else {
            throw AttarError(
                .invalidTarget,
                "\(rows.source) has no target, and without one only a teacher tells what is to be learned",
                remedy: "Name a target with --target, or a trained teacher with --teacher")
        }
        let own = LearningTask(kind: kind, names: task.names)
        guard task.form == own.form else {
            throw AttarError(
                .unusableTeacher,
                "the teacher answers with \(task.form.rawValue), but a \(kind) takes \(own.form.rawValue)",
                remedy: "Leave --task out, or name another output with --teacher-output")
        }
        return Problem(task: own, rows: rows, truth: .none, units: rows.keptTogether)
    }

    func strata(of target: Target) -> [Int32] { base.strata(of: target) }
}
