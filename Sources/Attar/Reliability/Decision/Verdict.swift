/// Whether distilling helped, said plainly.
public struct Verdict: Hashable, Codable, Sendable {
    /// Whether the student is better for having learned from the teacher, beyond what chance explains.
    public let helped: Bool
    /// One to three sentences for people.
    public let text: String
    /// What to do with the student; nil where that was not judged.
    public var decision: Decision?

    /// The fewest test rows on which a gain or a loss is claimed.
    public static let fewestRows = 30

    /// Judges by the paired difference between distilled and label-only students.
    ///
    /// It helped if accuracy (or R²) rose and the 95 % interval of the difference excludes zero, or if accuracy is not
    /// measurably lower and log loss (or squared error) is measurably better. On fewer than `fewestRows` test rows it says
    /// that nothing can be told: resampling a handful of rows gives intervals that are far too narrow.
    ///
    /// - Parameters:
    ///   - figures: the mean figures over the seeds of student and label-only student.
    ///   - difference: student minus labels only, of the same metrics.
    ///   - isLabelsOnly: whether the student learned from labels alone.
    ///   - wasCompared: whether that was the outcome of a comparison on validation rows.
    ///   - testRows: rows that the figures stand on.
    package init(
        _ kind: TaskKind, student: [Metric: Estimate], labelsOnly: [Metric: Estimate], teacher: [Metric: Estimate],
        difference: [Metric: Estimate], isLabelsOnly: Bool, wasCompared: Bool = true,
        seeds: Int, testRows: Int
    ) {
        let (main, second) = (kind.metrics.main, kind.metrics.second)
        let unknown = Estimate(exactly: 0)
        let (change, loss) = (difference[main] ?? unknown, difference[second] ?? unknown)
        func figure(_ estimate: Estimate?) -> String { estimate.map { main.figure($0.value) } ?? "unknown" }
        let figures =
            "\(figure(student[main])) distilled, \(figure(labelsOnly[main])) from labels alone"
            + ", \(figure(teacher[main])) the teacher"
        let measured = "\(main.label) \(figures) (difference \(main.change(change)))"
        let sentence = measured.prefix(1).uppercased() + measured.dropFirst()
        let over = seeds > 1 ? ", mean of \(seeds) seeds" : ""
        let fidelity = kind.metrics.fidelity
        let end = kind.words.fidelity.map { " \($0(fidelity.figure(student[fidelity]?.value ?? 0)))" } ?? ""
        if isLabelsOnly, !wasCompared {
            helped = false
            text = "Nothing was distilled: the recipe asks for labels alone. \(sentence)\(over)."
        } else if isLabelsOnly {
            helped = false
            text =
                "Distilling did not help here: on validation rows no way of using the teacher beat the labels alone, so the "
                + "artifact holds the student trained on labels. \(sentence)\(over)."
        } else if testRows < Self.fewestRows {
            helped = false
            text =
                "Too few test rows to tell whether distilling helped: \(testRows), where at least \(Self.fewestRows) are "
                + "needed. \(sentence)\(over)."
        } else if change.low > 0 {
            helped = true
            text = "Distilling helped: \(measured)\(over).\(end)"
        } else if change.high < 0 {
            helped = false
            text = "Distilling hurt here: \(measured)\(over). Train this student on labels alone."
        } else if loss.high < 0 {
            helped = true
            text =
                "Distilling helped the \(kind.words.second), not measurably the \(kind.words.main): "
                + "\(second.label) \(second.change(loss)) against labels alone; \(measured)\(over).\(end)"
        } else {
            helped = false
            text = "Distilling did not help here, as far as these test rows can tell: \(measured)\(over).\(end)"
        }
    }

    /// Says what a student keeps of its teacher, where there is no student without a teacher to hold it against.
    ///
    /// - Parameters:
    ///   - figures: the student's, by metric; nil where it was not measured.
    ///   - untrained: the same student before it was trained on the rows, where there is one.
    package init(_ kind: TaskKind, keeps figures: [Metric: Estimate]?, untrained: [Metric: Estimate]?, testRows: Int) {
        helped = false
        let main = kind.metrics.main
        guard let own = figures?[main] else {
            text = "The student was not measured: no rows were given to measure it on."
            return
        }
        let before = untrained?[main].map { ", and \(main.figure($0.value)) before it was trained on the rows" } ?? ""
        text =
            "\(kind.words.kept?(testRows) ?? "On \(testRows) test rows the student keeps of its teacher") "
            + "\(main.label) \(main.figure(own.value)) (95 % interval \(main.figure(own.low)) to \(main.figure(own.high)))\(before)."
    }
}
