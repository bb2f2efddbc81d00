internal import Compute

extension LearningEvidence {
    /// The models on rows that they learned from, beside the test rows; without a learning curve.
    ///
    /// - Parameters:
    ///   - answers: the answers to the training rows; the teacher's are nil where it was not asked.
    ///   - known: the training rows that the teacher has an answer to; nil for all.
    ///   - training: what the training rows ask.
    init(
        _ judged: JudgedRows, training: Problem, answers: SideBySide<Matrix>, known: [Int]? = nil, notes: [String]
    ) {
        func learned(_ problem: Problem, _ answers: SideBySide<Matrix>) -> JudgedRows {
            JudgedRows(problem, of: judged.kind, answers: answers, seed: judged.seed, dataKinds: judged.dataKinds)
        }
        let all = learned(training, answers)
        let taught =
            known.map { rows in learned(training.selecting(rows), answers.map { $0.selecting(rows: rows) }) } ?? all
        let metric = judged.kind.metrics.main
        // Where only the teacher says what is right, figures are about its answers, and of the rows that it has some to.
        let rows = metric.isToTeacher ? taught : all
        func gap(_ rows: JudgedRows, _ own: Matrix, _ test: Matrix) -> Gap {
            Gap(
                training: rows.figure(metric, of: own, teacher: metric.isToTeacher ? rows.answers.teacher : nil),
                test: judged.figure(metric, of: test, teacher: metric.isToTeacher ? judged.answers.teacher : nil))
        }
        var gaps = SideBySide(student: gap(rows, rows.answers.student, judged.answers.student))
        if let own = rows.answers.labelsOnly, let test = judged.answers.labelsOnly {
            gaps.labelsOnly = gap(rows, own, test)
        }
        if !metric.isToTeacher, let own = taught.answers.teacher, let test = judged.answers.teacher {
            gaps.teacher = gap(taught, own, test)
        }
        self.init(gaps: gaps, curve: [], notes: notes)
    }
}
