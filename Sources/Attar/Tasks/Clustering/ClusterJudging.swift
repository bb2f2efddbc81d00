public import Compute

/// Clusters are judged by how alike student and teacher put rows together. What is right is what the teacher answers.
public struct ClusterJudging: Judging {
    private let base = TaughtJudging(ClassJudging())
    /// The cluster of rows that belong to none; nil where there is none.
    private let noise: Int?

    /// The judging of clusters.
    public init() { self.init(noise: nil) }

    private init(noise: Int?) { self.noise = noise }

    public func of(_ task: LearningTask) -> any Judging {
        ClusterJudging(noise: task.names.firstIndex(where: ClusterPosing.isNoise))
    }

    public var followsTeacher: Bool { true }

    public var metrics: MetricSet {
        MetricSet(
            main: .adjustedRandIndex, second: .adjustedRandIndex, fidelity: .agreement, divergence: .klToTeacher,
            row: .agreement,
            others: [
                .adjustedMutualInformation, .vMeasure, .noiseF1, .costRatio, .silhouette, .churn, .rankCorrelation,
                .klToTeacher,
            ], bySeed: [.adjustedRandIndex, .agreement])
    }

    public var evidence: [String] {
        [
            EvidencePart.leaks, .skill, .training, .clusters, .classes, .shift, .slices, .learning, .disagreement,
        ].map(\.name)
    }

    public func statistics(
        _ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?
    ) -> RowStatistics {
        let own = base.statistics(answers, truth, teacher: teacher, weights: weights)
        guard let teacher else { return own }
        return own.adding(
            ClusterAlikeness(
                answers.argmax(), right: teacher.argmax(), of: answers.columns, noise: noise, weights: weights
            ).statistics)
    }

    public func statistics(
        _ answers: Matrix, features: Matrix, teacher: Matrix?, weights: [Float]
    ) -> RowStatistics? {
        ClusterShape(features, weights: weights, clusters: answers.columns, noise: noise)
            .statistics(answers.argmax(), teacher: teacher?.argmax())
    }

    public func answers(_ answers: Matrix) -> [Int32]? { answers.argmax() }

    public func followed(_ teacher: Matrix) -> Truth { base.followed(teacher) }

    public var lossKind: RowLosses.Kind { base.lossKind }

    public func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        base.losses(answers, truth, teacher: teacher)
    }

    /// The mean of the adjusted Rand index and of how many rows are answered as the teacher does.
    public func score(_ figures: [Metric: Double]) -> Double {
        ((figures[.adjustedRandIndex] ?? 0) + (figures[.agreement] ?? 0)) / 2
    }

    /// The clusters' shares.
    public func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        base.baseline(truth, of: task, weights: weights).map {
            Baseline($0.answer, name: "the clusters' shares", beatenIn: .adjustedRandIndex)
        }
    }

    /// The nearest of the clusters' means: what takes no student to know.
    public func baseline(
        _ truth: Truth, features: Matrix, of task: LearningTask, weights: [Float]?
    ) -> Baseline? {
        guard var baseline = baseline(truth, of: task, weights: weights) else { return nil }
        baseline.name = "the nearest of the clusters' means"
        baseline.centroids = Baseline.Centroids(truth.labels, features: features, of: task.width, weights: weights)
        return baseline
    }

    public var ranking: Ranking { Ranking(.adjustedRandIndex, floor: 0) }
}
