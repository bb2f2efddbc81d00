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
        _ kind: LearningTask.Kind, student: [Metric: Estimate], labelsOnly: [Metric: Estimate],
        teacher: [Metric: Estimate],
        difference: [Metric: Estimate], isLabelsOnly: Bool, wasCompared: Bool = true,
        seeds: Int, testRows: Int
    ) {
        let isClassification = kind == .classification
        let (main, second): (Metric, Metric) = isClassification ? (.accuracy, .logLoss) : (.r2, .mse)
        let unknown = Estimate(exactly: 0)
        let (change, loss) = (difference[main] ?? unknown, difference[second] ?? unknown)
        let words = Words(isClassification: isClassification)
        let figures =
            "\(words.figure(student[main]?.value)) distilled, \(words.figure(labelsOnly[main]?.value)) from labels alone"
            + ", \(words.figure(teacher[main]?.value)) the teacher"
        let measured = "\(words.main) \(figures) (difference \(words.change(change)))"
        let sentence = measured.prefix(1).uppercased() + measured.dropFirst()
        let over = seeds > 1 ? ", mean of \(seeds) seeds" : ""
        let end =
            isClassification
            ? " The student gives the teacher's answer on \(Words.percent(student[.agreement]?.value ?? 0)) of the test rows."
            : ""
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
                "Distilling helped the \(words.secondNoun), not measurably the \(words.mainNoun): "
                + "\(words.second) \(Words.change(loss, digits: words.digits(loss))) against labels alone; \(measured)\(over).\(end)"
        } else {
            helped = false
            text = "Distilling did not help here, as far as these test rows can tell: \(measured)\(over).\(end)"
        }
    }
}

/// How figures are written in a verdict.
private struct Words {
    let isClassification: Bool

    var main: String { isClassification ? "accuracy" : "R²" }
    var mainNoun: String { isClassification ? "answers" : "explained variance" }
    var second: String { isClassification ? "log loss" : "mean squared error" }
    var secondNoun: String { isClassification ? "probabilities" : "squared error" }

    func figure(_ value: Double?) -> String {
        guard let value else { return "unknown" }
        return isClassification ? Self.percent(value) : value.formatted(digits: 3)
    }

    func change(_ change: Estimate) -> String {
        guard isClassification else { return Self.change(change, digits: 3) }
        let points = Estimate(value: 100 * change.value, low: 100 * change.low, high: 100 * change.high)
        return Self.change(points, digits: 1, unit: " points")
    }

    func digits(_ change: Estimate) -> Int { abs(change.value) >= 10 ? 1 : 3 }

    static func percent(_ share: Double) -> String { "\((100 * share).formatted(digits: 1)) %" }

    static func change(_ change: Estimate, digits: Int, unit: String = "") -> String {
        "\(change.value.formatted(digits: digits, signed: true))\(unit), 95 % interval "
            + "\(change.low.formatted(digits: digits, signed: true)) to \(change.high.formatted(digits: digits, signed: true))"
    }
}
