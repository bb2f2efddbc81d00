import Attar

/// Risk against coverage, and thresholds that are vouched for.
func selectionSection(_ subject: Subject) -> String {
    guard let selection = subject.evidence.selection, selection.curves.student.count > 1 else { return "" }
    let curves = Series.of(selection.curves)
    let (tellsMistakes, row) = (subject.tellsMistakes, subject.kind.metrics.row)
    func risk(_ value: Double) -> String { tellsMistakes ? percent(value) : brief(value) }
    var plot = Plot(
        "Wrong answers among those that are given, by the share of rows that are answered",
        x: Axis(from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1]) { percent($0, digits: 0) },
        y: Axis(around: [0] + curves.flatMap { $0.value.map(\.risk) }, format: risk), xLabel: "rows answered",
        yLabel: tellsMistakes ? "wrong" : row.label)
    for (series, points) in curves.reversed() { plot.line(points.map { ($0.coverage, $0.risk) }, series) }
    for (series, points) in curves.reversed() {
        if let last = points.last { plot.mark(x: last.coverage, y: last.risk, series, words: series.name) }
    }
    let levels = selection.levels.student
    let rows = levels.map {
        [
            percent($0.coverage, digits: 0),
            row.interval($0.quality),
            $0.threshold.formatted(digits: 3),
        ]
    }
    let all = selection.curves.student.last?.risk ?? 0
    let ninety = levels.first { abs($0.coverage - 0.9) < 1e-9 }?.quality.value
    let sentence =
        ninety.map {
            tellsMistakes
                ? "Leaving the tenth of the rows unanswered on which the student is least sure takes its \(row.label) from \(percent(1 - all)) to \(percent($0))."
                : "Leaving the tenth of the rows unanswered on which the student is least sure takes its \(row.label) from \(brief(all)) to \(brief($0))."
        } ?? ""
    let vouched = selection.guarantees.map { guarantee in
        guarantee.threshold.map {
            "<li>Answer from a confidence of \($0.formatted(digits: 3)) on (\(percent(guarantee.coverage ?? 0)) of the rows): at most \(percent(guarantee.risk, digits: 0)) of those answers are wrong, with \(percent(1 - guarantee.delta, digits: 0)) confidence.</li>"
        }
            ?? "<li>At most \(percent(guarantee.risk, digits: 0)) wrong: no threshold can be vouched for on these rows.</li>"
    }
    return section(
        "When not to answer",
        plot.svg + Series.legend(curves.map(\.series))
            + explanation(
                sentence,
                "A curve that rises to the right says that confidence knows where the model fails; lower is better.")
            + table(
                caption: "The student, answering only its surest rows",
                header: ["answered", row.label, "from a confidence of"],
                rows: rows)
            + (vouched.isEmpty
                ? ""
                : "<p>Thresholds that are vouched for:</p><ul>\(vouched.map { $0.replacing(" %", with: "\u{a0}%") }.joined())</ul>")
            + remarks(selection.notes))
}
