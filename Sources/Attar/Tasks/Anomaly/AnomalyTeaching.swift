public import Compute

/// Students of anomalies learn how rare a teacher's scores are among the training rows, so that the strangest rows count most and no unit of scores matters.
public struct AnomalyTeaching: Teaching {
    private let base = TaughtTeaching(ValueTeaching())

    /// The teaching of anomalies.
    public init() {}

    /// A student cannot learn it without the teacher: labels, where there are any, are for measuring.
    public var hasTwin: Bool { false }

    public var losses: [DistillationLoss.Preset] { base.losses }

    /// Squared error to the teacher, and by `labelShare` to known anomalies.
    public func usualLoss(knownClasses: Int?) -> String { "blended" }

    public var labelLoss: DistillationLoss { base.labelLoss }

    /// Whatever the score is called.
    public func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int] {
        try base.alignment(of: teacher, to: task)
    }

    /// Refuses scores that are all equal.
    public func check(
        _ training: Answers, to rows: Dataset, test: (answers: Answers, rows: Dataset)?, of task: LearningTask
    ) throws {
        let known = training.selecting(rows: training.knownRows).matrix.elements
        guard let first = known.first, known.contains(where: { $0 != first }) else {
            throw AttarError(
                .unusableTeacher,
                "\(rows.source): the teacher's scores are \(known.first.map { "all \($0)" } ?? "not known"), so no row is stranger than another",
                remedy: "Give scores that differ, a higher one for a stranger row")
        }
    }

    /// −log₁₀ of the share of training rows that the teacher finds at least as strange.
    public func unit(of training: Answers) -> (@Sendable (Matrix) -> Matrix)? {
        let shares = TailShares(training.selecting(rows: training.knownRows).matrix.elements)
        return { scores in
            Matrix(
                rows: scores.rows, columns: scores.columns,
                elements: scores.elements.map { Float(shares.rarity(of: $0)) })
        }
    }

    /// That known anomalies get lower scores than other rows do, measurably.
    public func doubt(about training: Answers, truth: Truth) -> String? {
        guard let anomalies = truth.anomalies else { return nil }
        let scores = training.matrix.elements
        let area = RankStatistics.area(
            scores, isPositive: anomalies, weights: [Float](repeating: 1, count: scores.count))?.areas.first
        guard let area = area?.estimate(.twoSided), area.high < 0.5 else { return nil }
        return
            "The teacher gives known anomalies lower scores than other rows (\(Metric.auroc.label) \(Metric.auroc.interval(area)) on \(scores.count) training rows): if a lower score is a stranger row, say --lower-is-stranger"
    }

    public func note(onAsking teacher: any Teacher) -> String {
        teacher.answersKnownRowsOnly
            ? "The teacher cannot be asked about a new row: the student is its answer to those. How good an answer, the test rows tell, whose scores were held back from the student; whoever made the scores had seen all rows."
            : "The teacher was asked directly. Where it learned from rows that are tested on, these are not new to it; they are to the student."
    }
}
