internal import Compute

extension TaskKind {
    /// The same task whose models are compared by another figure.
    ///
    /// - Parameter metric: one of the task's figures that can be compared by (see `MetricSet.comparable`).
    public func judged(by metric: Metric) -> TaskKind {
        metric == metrics.main
            ? self
            : TaskKind(
                name: name, summary: summary, posing: posing, teaching: teaching,
                judging: OtherwiseJudged(judging, by: metric), table: table, words: words)
    }

    /// The same task whose classes are answered by a rule; itself without one.
    public func deciding(by rule: AnswerRule?) -> TaskKind {
        rule == nil
            ? self
            : TaskKind(
                name: name, summary: summary, posing: posing, teaching: teaching,
                judging: judging.deciding(by: rule), table: table, words: words)
    }

    /// The same task with a judging that knows its outputs.
    func of(_ task: LearningTask) -> TaskKind {
        TaskKind(
            name: name, summary: summary, posing: posing, teaching: teaching, judging: judging.of(task), table: table,
            words: words)
    }

    /// The same by a metric's name.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where the task has no such figure, or models cannot be compared by it.
    public func judged(byMetric name: String, in metrics: Registry<Metric>) throws -> TaskKind {
        let comparable = self.metrics.comparable
        guard let metric = metrics.called(name).first(where: comparable.contains) else {
            throw AttarError(
                .invalidSetting, "metric is '\(name)', by which models of a \(self.name) cannot be compared",
                remedy: "Use one of \(comparable.map(\.name).joined(separator: ", "))")
        }
        return judged(by: metric)
    }
}

extension MetricSet {
    /// Those that models can be compared by: about the truth, and higher where a model is better.
    public var comparable: [Metric] {
        listed.filter { $0 == main || (!$0.isToTeacher && !$0.lowerIsBetter && $0.range.upperBound.isFinite) }
    }

    /// The same figures, of which another is the main one.
    func with(main: Metric) -> MetricSet {
        MetricSet(
            main: main, second: second, fidelity: fidelity, divergence: divergence, row: row, others: all,
            bySeed: [main] + bySeed.filter { $0 != main })
    }
}

/// A judging whose models are compared by another figure.
private struct OtherwiseJudged: Judging {
    private let base: any Judging
    let metrics: MetricSet

    init(_ base: any Judging, by metric: Metric) { (self.base, metrics) = (base, base.metrics.with(main: metric)) }

    var evidence: [String] { base.evidence }
    var lossKind: RowLosses.Kind { base.lossKind }
    var ranking: Ranking { base.ranking }
    var followsTeacher: Bool { base.followsTeacher }
    var sets: [SetMethod]? { base.sets }

    func calibrationRows(_ truth: Truth) -> [Int]? { base.calibrationRows(truth) }

    func followed(_ teacher: Matrix) -> Truth { base.followed(teacher) }

    func answers(_ answers: Matrix) -> [Int32]? { base.answers(answers) }

    func deciding(by rule: AnswerRule?) -> any Judging {
        OtherwiseJudged(base.deciding(by: rule), by: metrics.main)
    }

    func of(_ task: LearningTask) -> any Judging { OtherwiseJudged(base.of(task), by: metrics.main) }

    func statistics(_ answers: Matrix, features: Matrix, teacher: Matrix?, weights: [Float]) -> RowStatistics? {
        base.statistics(answers, features: features, teacher: teacher, weights: weights)
    }

    func statistics(_ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?) -> RowStatistics {
        base.statistics(answers, truth, teacher: teacher, weights: weights)
    }

    func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        base.losses(answers, truth, teacher: teacher)
    }

    /// The mean of the figure and of how closely the teacher is followed.
    func score(_ figures: [Metric: Double]) -> Double {
        ((figures[metrics.main] ?? 0) + (figures[metrics.fidelity] ?? 0)) / 2
    }

    func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        base.baseline(truth, of: task, weights: weights)
    }

    func baseline(_ truth: Truth, features: Matrix, of task: LearningTask, weights: [Float]?) -> Baseline? {
        base.baseline(truth, features: features, of: task, weights: weights)
    }

    func properLosses(_ answers: Matrix, _ truth: Truth) -> [Float]? { base.properLosses(answers, truth) }

    func parts(of metric: Metric, _ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> [Double]? {
        base.parts(of: metric, answers, truth, teacher: teacher)
    }

    func usualMetric(_ baseline: Baseline) -> Metric? { base.usualMetric(baseline) }
}
