internal import Compute

extension NonInferiority {
    /// How far the student may lie behind: the lower end of the one-sided interval of the paired difference.
    ///
    /// For a claim of "at most X" where no row is lost about 3.5/X rows are needed.
    /// - Parameters:
    ///   - difference: student minus teacher, paired.
    ///   - judged: the rows.
    /// - Returns: nil without a teacher.
    package init?(difference: Evaluation, _ judged: JudgedRows) {
        let metric = judged.kind.metrics.main
        guard judged.answers.teacher != nil, let estimate = difference.estimate(metric, .oneSided) else { return nil }
        let (deficit, bound) = (-estimate.value, -estimate.low)
        self.init(
            metric: metric.name, deficit: deficit, bound: bound,
            text: Self.text(
                deficit: deficit, bound: bound, metric,
                countsMistakes: judged.kind.judging.lossKind == .mistakes && metric == judged.kind.metrics.row,
                rows: judged.rows.count))
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
