internal import Compute

extension LearningEvidence {
    /// The models on rows that they learned from, beside the test rows; without a learning curve.
    ///
    /// - Parameters:
    ///   - answers: the answers to the training rows; the teacher's are nil where it was not asked.
    init(_ judged: JudgedRows, training: Dataset, answers: SideBySide<Matrix>, notes: [String]) throws {
        let target = try training.knownTarget
        let metric: Metric = judged.task.isClassification ? .accuracy : .r2
        let weights = training.weights ?? [Float](repeating: 1, count: training.count)
        func figure(_ answers: Matrix, _ target: Target, _ weights: [Float]) -> Double {
            RowStatistics(outputs: answers, target: target, teacher: nil).shown(metric, weights: weights)
        }
        func gap(_ learned: Matrix, _ test: Matrix) -> Gap {
            Gap(training: figure(learned, target, weights), test: figure(test, judged.target, judged.weights))
        }
        var gaps = SideBySide(student: gap(answers.student, judged.answers.student))
        if let learned = answers.labelsOnly, let test = judged.answers.labelsOnly {
            gaps.labelsOnly = gap(learned, test)
        }
        if let learned = answers.teacher, let test = judged.answers.teacher { gaps.teacher = gap(learned, test) }
        self.init(gaps: gaps, curve: [], notes: notes)
    }
}
