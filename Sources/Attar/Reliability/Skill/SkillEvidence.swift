internal import Compute

/// Whether student and teacher know anything of the rows.
public struct SkillEvidence: EvidenceResult {
    public static let key = "skill"
    public static let heading = "Better than knowing nothing"

    /// What someone who knows nothing of a row answers, in words; nil where a task has no such answer.
    public var baseline: String?
    /// The student's.
    public var student: Skill
    /// The teacher's; nil without a teacher, and where it is the truth itself.
    public var teacher: Skill?

    public var exhibits: [Exhibit] { [student, teacher].compactMap { $0 }.map { .text("\($0.text).") } }
}

extension Evidence {
    /// Whether student and teacher know anything of the rows.
    public var skill: SkillEvidence? { self[SkillEvidence.self] }
}

extension EvidencePart {
    /// Whether student and teacher know anything of the rows.
    public static let skill = EvidencePart(SkillEvidence.self) { measurement in
        let (kind, judged) = (measurement.kind, measurement.judged)
        // Without truth and teacher nothing is right or wrong, and without the teacher nothing of what follows it.
        let isTold = judged.truth != .none && !kind.judging.followsTeacher
        guard isTold || measurement.teacher != nil else { return nil }
        func skill(_ who: String, _ evaluation: Evaluation, _ answers: Matrix) -> Skill {
            // Orders drawn at random say what independent rows would do, and no chance below one in so many draws, which widened is never small enough: where rows depend on each
            // other the interval tells.
            let chance =
                judged.problem.units == nil && !judged.isCrossFitted
                ? kind.judging.ranking.chance?(answers, judged.truth, judged.seed) : nil
            return Skill(
                who, evaluation, baseline: measurement.baseline?.evaluation, named: measurement.baseline?.answer,
                of: kind, chance: chance)
        }
        let taught = judged.truth == .none || kind.judging.followsTeacher ? nil : measurement.teacher
        return SkillEvidence(
            baseline: measurement.baseline?.answer.name,
            student: skill("student", measurement.students[0], judged.answers.student),
            teacher: taught.flatMap { taught in judged.answers.teacher.map { skill("teacher", taught, $0) } })
    }
}
