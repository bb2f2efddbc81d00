public import Compute

/// Embeddings are judged by what is alike: coordinates of student and teacher stand in other directions and cannot be compared, the cosines of all pairs of rows can.
public struct EmbeddingJudging: Judging {
    /// The judging of embeddings.
    public init() {}

    public var metrics: MetricSet {
        MetricSet(
            main: .spearman, second: .spearman, fidelity: .spearman, row: .spearman, others: [.sentencesPerSecond],
            bySeed: [.spearman])
    }

    public var evidence: [String] {
        [EvidencePart.leaks, .skill, .training, .shift, .slices, .learning, .disagreement].map(\.name)
    }

    public func statistics(
        _ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?
    ) -> RowStatistics {
        guard let teacher, let figure = SimilarityCorrelation(answers, teacher) else {
            return RowStatistics(RowStatistics.Parts(), rows: answers.rows)
        }
        return RowStatistics(
            RowStatistics.Parts(metrics: [.spearman], columns: [figure.influence]) { sums, weight in
                [min(1, max(-1, figure.value + sums[0] / weight))]
            }, rows: answers.rows)
    }

    public var lossKind: RowLosses.Kind { .sizes }

    /// 1 minus the correlation of the row's similarities to all others with the teacher's; of the teacher itself 0.
    public func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        RowLosses(
            lossKind,
            teacher.map { SimilarityCorrelation.losses(answers, $0) } ?? [Float](repeating: 0, count: answers.rows))
    }

    public func score(_ figures: [Metric: Double]) -> Double { figures[.spearman] ?? 0 }

    /// There is no point that says nothing: where all rows are alike, none are more so than others. What a student has to show is a correlation above 0.
    public func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? { nil }
}
