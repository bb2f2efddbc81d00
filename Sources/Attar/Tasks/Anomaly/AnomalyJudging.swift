public import Compute

/// Scores are judged by the order that they put rows in: beside the teacher's, and where anomalies are known beside these.
public struct AnomalyJudging: Judging {
    /// The judging of anomalies.
    public init() {}

    /// Labels, where there are any, are measured against, too; what students are to keep is the teacher's order.
    public var followsTeacher: Bool { true }

    public var metrics: MetricSet {
        MetricSet(
            main: .rankCorrelation, second: .rankCorrelation, fidelity: .rankCorrelation, row: .rankCorrelation,
            others: [
                .overlapAtTop1, .overlapAtTop5, .auroc, .averagePrecision, .precisionAtTop1, .precisionAtTop5,
                .falseAlarmRate,
            ], bySeed: [.rankCorrelation, .overlapAtTop5])
    }

    public var evidence: [String] {
        [EvidencePart.leaks, .skill, .training, .alarms, .shift, .slices, .learning, .disagreement].map(\.name)
    }

    /// Promises of false alarms.
    public var sets: [SetMethod]? { [.tail] }

    /// Alarms on known anomalies are not false.
    public func calibrationRows(_ truth: Truth) -> [Int]? { truth.quietRows }

    public func statistics(
        _ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?
    ) -> RowStatistics {
        AnomalyFigures(scores: answers.elements, weights: weights)
            .statistics(anomalies: truth.anomalies, teacher: teacher?.elements)
    }

    public func followed(_ teacher: Matrix) -> Truth { .values(teacher) }

    public var lossKind: RowLosses.Kind { .sizes }

    /// The square of how far a row's rank is off, as a share of the rows; of the teacher itself 0.
    public func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        guard let teacher else { return RowLosses(lossKind, [Float](repeating: 0, count: answers.rows)) }
        let (own, others) = (RankCorrelation.ranks(of: answers.elements), RankCorrelation.ranks(of: teacher.elements))
        return RowLosses(
            lossKind,
            zip(own, others).map { own, other in
                let off = (own - other) / Double(max(1, answers.rows))
                return Float(off * off)
            })
    }

    /// The mean of the rank correlation with the teacher and of how many of its strangest rows are found.
    public func score(_ figures: [Metric: Double]) -> Double {
        ((figures[.rankCorrelation] ?? 0) + (figures[.overlapAtTop5] ?? 0)) / 2
    }

    /// How far a row lies from the mean of the training rows: what takes no student to know. Nil where neither labels nor a teacher say what that is good for.
    public func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        guard truth != .none else { return nil }
        var baseline = Baseline(
            [0], name: "the distance from the mean in standard deviations", beatenIn: .rankCorrelation, or: .auroc)
        baseline.distance = true
        return baseline
    }

    public var ranking: Ranking { Ranking(.rankCorrelation, floor: 0) }
}
