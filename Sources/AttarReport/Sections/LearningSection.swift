import Attar

/// What the models know by heart, and how many rows the student needs.
func learningSection(_ subject: Subject) -> String {
    guard let learning = subject.evidence.learning else { return "" }
    let gaps = Series.of(learning.gaps)
    let rows = gaps.map { series, gap in
        [series.name, subject.quality(gap.training), subject.quality(gap.test), points(gap.gap, subject)]
    }
    var picture = ""
    if learning.curve.count > 1 {
        let curves = Series.of(
            SideBySide(
                student: learning.curve.map { (Double($0.rows), $0.quality.student) },
                labelsOnly: learning.curve.compactMap { point in
                    point.quality.labelsOnly.map { (Double(point.rows), $0) }
                }))
        var plot = Plot(
            "\(subject.quality.label.capitalisedFirst) on the test rows by training rows",
            x: Axis(around: [0] + learning.curve.map { Double($0.rows) }) { String(Int($0.rounded())) },
            y: Axis(around: curves.flatMap { $0.value.map(\.1) }) { subject.quality($0) }, xLabel: "training rows",
            yLabel: subject.quality.label)
        for (series, points) in curves.reversed() {
            plot.line(points.map { (x: $0.0, y: $0.1) }, series)
            for point in points {
                plot.mark(x: point.0, y: point.1, series, words: "\(brief(point.0)) rows: \(subject.quality(point.1))")
            }
        }
        picture = plot.svg + Series.legend(curves.map(\.series)) + explanation(curveSentence(learning.curve, subject))
    }
    let own = learning.gaps.student.gap
    return section(
        "Overfitting and rows needed",
        picture
            + table(
                caption: "\(subject.quality.label.capitalisedFirst) on rows learned from and on test rows",
                header: ["", "training rows", "test rows", "gap"], rows: rows)
            + explanation(
                "The student loses \(points(own, subject)) from rows that it learned from to new ones"
                    + (learning.gaps.labelsOnly.map { ", labels alone \(points($0.gap, subject))" } ?? "") + ".",
                learning.gaps.labelsOnly.map {
                    own < $0.gap
                        ? "Learning from the teacher, it overfits less." : "It does not overfit less than labels alone."
                } ?? "")
            + remarks(learning.notes))
}

private func points(_ gap: Double, _ subject: Subject) -> String {
    subject.quality.gap(gap)
}

/// How many rows labels alone take for what the student reaches with fewer, where that can be said.
private func curveSentence(_ curve: [LearningEvidence.Point], _ subject: Subject) -> String {
    guard let last = curve.last, let plain = last.quality.labelsOnly else { return "" }
    if let enough = curve.first(where: { $0.quality.student >= plain }), enough.share < 1 {
        return
            "With \(enough.rows) rows (\(percent(enough.share, digits: 0))) the student is as good as labels alone with all \(last.rows)."
    }
    let before = curve.dropLast().last?.quality.student ?? last.quality.student
    return last.quality.student - before > 0.005
        ? "It still rises at the end: more rows would help."
        : "It is flat at the end: more rows of this kind would hardly help."
}
