internal import Compute

/// How large clusters are by student and teacher, and how stable the teacher's are.
public struct ClusterEvidence: EvidenceResult {
    public static let key = "clusters"
    public static let heading = "Clusters"

    /// One cluster.
    public struct Cluster: Hashable, Codable, Sendable {
        /// Its name.
        public var name: String
        /// Test rows in it, by each model.
        public var rows: SideBySide<Int>
    }

    /// The clusters, in their order.
    public var clusters: [Cluster]
    /// The adjusted Rand index of the teacher's clusters to those that it finds in samples of the training rows, on the test rows: the mean over the runs, with an interval
    /// from how they differ. Nil where it was not run again.
    public var stability: Estimate?
    /// How often it was run again.
    public var runs: Int
    /// The student's own adjusted Rand index to the teacher; nil without a teacher.
    public var student: Estimate?

    /// The most clusters that a report shows: the largest.
    private static let mostShown = 40

    public var exhibits: [Exhibit] {
        let hasTeacher = clusters.contains { $0.rows.teacher != nil }
        let shown =
            clusters.count > Self.mostShown
            ? Array(
                clusters.sorted { ($0.rows.teacher ?? $0.rows.student) > ($1.rows.teacher ?? $1.rows.student) }[
                    ..<Self.mostShown]) : clusters
        return [
            hasTeacher ? .text(stabilityText) : nil,
            .table(
                caption: "Test rows in each cluster", header: ["cluster", "student"] + (hasTeacher ? ["teacher"] : []),
                rows: shown.map { [$0.name, "\($0.rows.student)"] + ($0.rows.teacher.map { ["\($0)"] } ?? []) }),
        ].compactMap { $0 }
    }

    /// What the teacher's stability says, in sentences.
    private var stabilityText: String {
        let metric = Metric.adjustedRandIndex
        guard let stability else {
            return
                "The teacher was not run again, so how stable its clusters are is not known: of clusters that other rows would have changed, a student cannot keep more."
        }
        let own = student.map { ", that of the student's clusters \(metric.interval($0))" } ?? ""
        return
            "Run again on \(runs) samples of the training rows, the teacher finds clusters whose \(metric.label) to its own is \(metric.interval(stability)) on the test rows\(own)."
    }
}

extension Evidence {
    /// How large and how stable clusters are.
    public var clusters: ClusterEvidence? { self[ClusterEvidence.self] }
}

extension EvidencePart {
    /// How large and how stable clusters are.
    public static let clusters = EvidencePart(ClusterEvidence.self) { measurement in
        let (judged, metric) = (measurement.judged, Metric.adjustedRandIndex)
        let answers = judged.answers.map { $0.argmax() }
        func count(_ one: Int) -> SideBySide<Int> { answers.map { clusters in clusters.count { Int($0) == one } } }
        let values = measurement.background.reruns.compactMap { copy in
            answers.teacher.map { own in
                Contingency(
                    own, copy.outputs(for: measurement.features).matrix.argmax(), clusters: judged.task.width
                ).adjustedRandIndex
            }
        }
        return ClusterEvidence(
            clusters: judged.task.names.enumerated().map { ClusterEvidence.Cluster(name: $1, rows: count($0)) },
            stability: values.isEmpty ? nil : Estimate(meanOf: values, in: metric.range), runs: values.count,
            student: measurement.students[0].estimate(metric))
    }
}

extension Estimate {
    /// The mean of figures of runs that do not depend on each other, with the interval of Student's t distribution.
    fileprivate init(meanOf values: [Double], in range: ClosedRange<Double>) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let half =
            count > 1 ? studentQuantile(0.975, degrees: count - 1) * (squares / (count * (count - 1))).squareRoot() : 0
        self = Estimate(value: mean, low: mean - half, high: mean + half).clamped(to: range)
    }
}
