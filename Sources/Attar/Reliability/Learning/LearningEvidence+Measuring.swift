internal import Compute

extension LearningEvidence {
    /// The models on rows that they learned from, beside the test rows; without a learning curve.
    ///
    /// - Parameters:
    ///   - answers: the answers to the training rows; the teacher's are nil where it was not asked.
    ///   - training: what the training rows ask.
    init(_ judged: JudgedRows, training: Problem, answers: SideBySide<Matrix>, notes: [String]) {
        let learned = JudgedRows(
            training, of: judged.kind, answers: answers, seed: judged.seed, dataKinds: judged.dataKinds)
        let metric = judged.kind.metrics.main
        // Where only the teacher says what is right, figures are about its answers.
        func gap(_ own: Matrix, _ test: Matrix) -> Gap {
            Gap(
                training: learned.figure(metric, of: own, teacher: metric.isToTeacher ? answers.teacher : nil),
                test: judged.figure(metric, of: test, teacher: metric.isToTeacher ? judged.answers.teacher : nil))
        }
        var gaps = SideBySide(student: gap(answers.student, judged.answers.student))
        if let own = answers.labelsOnly, let test = judged.answers.labelsOnly { gaps.labelsOnly = gap(own, test) }
        if !metric.isToTeacher, let own = answers.teacher, let test = judged.answers.teacher {
            gaps.teacher = gap(own, test)
        }
        self.init(gaps: gaps, curve: [], notes: notes)
    }
}
