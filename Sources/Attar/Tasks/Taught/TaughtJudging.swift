internal import Compute

/// Students of rows without labels are judged by how closely they keep to the teacher, in the figures that the task has for that.
struct TaughtJudging: Judging {
    private let base: any Judging

    /// Labelled rows by which a share is told within 5 points: 1.96² · ¼ / 0.05².
    static let labelsThatTell = 400

    /// The judging of a task that has labels usually.
    init(_ base: any Judging) { self.base = base }

    var followsTeacher: Bool { true }

    var metrics: MetricSet {
        let own = base.metrics
        let main = own.fidelity
        let second = own.divergence ?? main
        return MetricSet(
            main: main, second: second, fidelity: main, divergence: own.divergence, row: main,
            // A flip is one away from what is right.
            others: own.all.filter { $0.isToTeacher && $0 != .negativeFlips },
            bySeed: second == main ? [main] : [main, second])
    }

    var evidence: [String] {
        [EvidencePart.leaks, .skill, .training, .shift, .slices, .learning, .disagreement].map(\.name)
            .filter(base.evidence.contains)
    }

    /// Those of the task's figures that are about the teacher; of the teacher itself none.
    func statistics(_ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?) -> RowStatistics {
        guard let teacher else { return RowStatistics(RowStatistics.Parts(), rows: answers.rows) }
        return base.statistics(answers, followed(teacher), teacher: teacher, weights: weights).keeping(metrics.all)
    }

    func answers(_ answers: Matrix) -> [Int32]? { base.answers(answers) }

    func deciding(by rule: AnswerRule?) -> any Judging { TaughtJudging(base.deciding(by: rule)) }

    var lossKind: RowLosses.Kind { base.lossKind }

    /// The task's losses, with the teacher's answers for what is right; of the teacher itself 0.
    func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        base.losses(answers, followed(teacher ?? answers), teacher: teacher)
    }

    func parts(of metric: Metric, _ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> [Double]? { nil }

    func score(_ figures: [Metric: Double]) -> Double { figures[metrics.main] ?? 0 }

    /// The task's answer of who knows nothing of a row, by the teacher's answers.
    ///
    /// - Parameter truth: those answers; nil where there are none.
    func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        guard truth != .none, let own = base.baseline(truth, of: task, weights: weights) else { return nil }
        let (main, second) = (metrics.main, metrics.second)
        return Baseline(
            own.answer, name: "\(own.name) of the teacher's answers", beatenIn: second, or: main == second ? nil : main)
    }

    var ranking: Ranking {
        Ranking(metrics.all.contains(.rankCorrelation) ? .rankCorrelation : metrics.main, floor: 0)
    }

    /// A teacher's answers as what is right.
    func followed(_ teacher: Matrix) -> Truth {
        base.answers(teacher).map(Truth.classes) ?? .values(teacher)
    }
}
