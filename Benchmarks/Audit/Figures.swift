import Attar
import Compute

/// What a certificate says of student and twin, as measured by what measures certificates.
struct Figures {
    let student: Evaluation
    let twin: Evaluation
    let teacher: Evaluation

    init(_ sample: ClassWorld.Sample, seed: UInt64) {
        let (labels, weights) = (sample.labels, sample.weights)
        let found = Evaluation.paired(
            [sample.student, sample.twin].map {
                RowStatistics(classes: $0, labels, teacher: sample.teacher, weights: weights)
            } + [RowStatistics(classes: sample.teacher, labels, teacher: nil, weights: weights)],
            weights: weights, seed: seed)
        (student, twin, teacher) = (found[0], found[1], found[2])
    }

    init(_ sample: ValueWorld.Sample, seed: UInt64) {
        let weights = sample.weights
        let found = Evaluation.paired(
            [sample.student, sample.twin].map {
                RowStatistics(values: $0, sample.values, teacher: sample.teacher, weights: weights)
            } + [RowStatistics(values: sample.teacher, sample.values, teacher: nil, weights: weights)],
            weights: weights, seed: seed)
        (student, twin, teacher) = (found[0], found[1], found[2])
    }

    /// The figures with their intervals, and the differences.
    var intervals: [String: Estimate] {
        var found: [String: Estimate] = [:]
        for (metric, estimate) in student.estimates { found[metric.label] = estimate }
        for (metric, estimate) in student.minus(twin).estimates { found["Δ \(metric.label)"] = estimate }
        return found
    }

    /// The figures alone, of as many rows as truth takes.
    static func truth(_ student: RowStatistics, _ twin: RowStatistics, _ weights: [Float]) -> [String: Double] {
        let (own, others) = (student.values(weights: weights), twin.values(weights: weights))
        var truth: [String: Double] = [:]
        for (metric, value) in own {
            truth[metric.label] = value
            if let other = others[metric] { truth["Δ \(metric.label)"] = value - other }
        }
        return truth
    }

    /// The names of figures and differences in the order of tables.
    static func order(_ metrics: MetricSet) -> [String] {
        let labels = metrics.listed.map(\.label)
        return labels + labels.map { "Δ \($0)" }
    }
}
