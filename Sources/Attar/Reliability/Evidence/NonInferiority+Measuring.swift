internal import Compute

extension NonInferiority {
    /// How far the student may lie behind, from the replicates of a paired comparison.
    ///
    /// Resampling rows on which hardly any answers differ gives bounds that are too good: with fewer than ten such rows the exact binomial bound on
    /// the rows that only the teacher answers rightly is taken where it is wider. For a claim of "at most X" without any such row about 3/X rows
    /// are needed.
    /// - Parameters:
    ///   - difference: student minus teacher, paired.
    ///   - judged: the rows, to count those that only one of the two answers rightly.
    /// - Returns: nil without a teacher.
    package init?(difference: Evaluation, _ judged: JudgedRows) {
        let metric = judged.kind.metrics.main
        guard let teacher = judged.answers.teacher, let index = difference.metrics.firstIndex(of: metric) else {
            return nil
        }
        let deficit = -difference.values[index]
        let replicates = difference.replicates.map { -$0[index] }.sorted()
        var bound = replicates.isEmpty ? deficit : max(deficit, Estimate.percentile(0.95, of: replicates))
        let (own, others) = (judged.losses(judged.answers.student), judged.losses(teacher))
        let countsMistakes = own.kind == .mistakes && metric == judged.kind.metrics.row
        if countsMistakes {
            let rows = own.values.count
            let lost = own.values.indices.count { others.values[$0] < own.values[$0] }
            let won = own.values.indices.count { others.values[$0] > own.values[$0] }
            if lost + won < 10 {
                let exact = Binomial.upperBound(lost, of: rows, confidence: 0.95)
                bound = max(bound, exact - Double(won) / Double(rows))
            }
        }
        self.init(
            metric: metric.name, deficit: deficit, bound: bound,
            text: Self.text(
                deficit: deficit, bound: bound, metric, countsMistakes: countsMistakes, rows: judged.rows.count))
    }

    private static func text(deficit: Double, bound: Double, _ metric: Metric, countsMistakes: Bool, rows: Int)
        -> String
    {
        func amount(_ value: Double) -> String {
            metric.unit.suffix.isEmpty ? "\(metric.difference(value)) of \(metric.label)" : metric.difference(value)
        }
        let isEven = abs(deficit) < 0.0005
        let place =
            isEven ? "as good as the teacher" : "\(amount(deficit)) \(deficit > 0 ? "below" : "above") the teacher"
        let claim =
            bound <= 0
            ? "with 95 % confidence the student is no worse than the teacher"
            : countsMistakes
                ? "with 95 % confidence its error is at most \(amount(bound)) above the teacher's"
                : "with 95 % confidence it lies at most \(amount(bound)) below the teacher"
        let few = rows < Verdict.fewestRows ? " \(rows) test rows are few: give at least \(Verdict.fewestRows)." : ""
        return "On the \(rows) test rows the student is \(place); \(claim).\(few)"
    }
}
