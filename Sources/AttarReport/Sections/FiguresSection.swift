import Attar

/// The figures side by side, with a picture of the main one.
func figuresSection(_ subject: Subject) -> String {
    let metric = subject.quality
    let looks = [("student", "student"), ("labels alone", "labels"), ("teacher", "teacher"), ("baseline", "quiet")]
    let all = [
        subject.figures.student, subject.figures.labelsOnly ?? [:], subject.figures.teacher ?? [:], subject.baseline,
    ]
    let models = zip(looks, all).dropLast().compactMap { look, figures in
        figures[metric.name].map { IntervalChart.Line(name: look.0, estimate: $0, colour: look.1) }
    }
    let baseline = subject.baseline[metric.name].map {
        IntervalChart.Line(name: looks[3].0, estimate: $0, colour: looks[3].1)
    }
    // A baseline that lies far off would leave the models no room to differ in.
    let isNear = baseline.map { $0.isNear(models) } ?? false
    let lines = models + (isNear ? [baseline].compactMap { $0 } : [])
    let chart = IntervalChart(
        title: "\(subject.quality.label.capitalisedFirst) on the test rows with 95 % intervals", lines: lines,
        format: { subject.quality($0) })
    let shown = zip(looks, all).filter { !$1.isEmpty }
    let rows = subject.kind.metrics.listed.compactMap { metric -> [String]? in
        guard shown.contains(where: { $0.1[metric.name] != nil }) else { return nil }
        return [metric.label] + shown.map { metric.interval($0.1[metric.name]) }
    }
    return section(
        "Side by side",
        explanation(
            "\(chart.title).",
            lines.count > 1
                ? "Bars that overlap do not say that two models are equal: look at the paired difference in the verdict."
                : "",
            subject.baselineAnswer.map {
                "The baseline \($0.looksAtRows ? "" : "knows nothing of a row and ")\($0.answersInWords)."
            } ?? "",
            baseline.map {
                isNear
                    ? ""
                    : "The baseline has \(metric.label) \(metric.figure($0.estimate.value)), which lies outside of the picture."
            } ?? "")
            + chart.svg
            + table(
                caption:
                    "Figures on \(subject.testRows) test rows; 95 % intervals from 1,000 paired bootstrap replicates",
                header: [""] + shown.map(\.0.0), rows: rows))
}

extension IntervalChart.Line {
    /// Whether the line lies no further from others than these lie apart.
    fileprivate func isNear(_ others: [Self]) -> Bool {
        guard let low = others.map(\.estimate.low).min(), let high = others.map(\.estimate.high).max() else {
            return true
        }
        let span = high - low
        return estimate.high >= low - span && estimate.low <= high + span
    }
}

/// Size and time against quality: who is small, fast and good.
func costSection(_ subject: Subject, candidates: [Candidate]) -> String {
    var parts: [String] = []
    for metric in [Metric.bytes, .latencyMicroseconds] {
        let points = Series.of(subject.figures).compactMap { series, figures -> (Series, Double, Double)? in
            guard let cost = figures[metric.name]?.value,
                let quality = figures[subject.quality.name]?.value,
                cost > 0
            else { return nil }
            return (series, cost, quality)
        }
        let tried = candidates.count > 1 ? candidates : []
        guard points.count > 1 else { continue }
        let costs = points.map(\.1) + tried.map { metric == .bytes ? Double($0.bytes) : $0.latencyMicroseconds }
        var plot = Plot(
            "\(metric.label.capitalisedFirst) against \(subject.quality.label)",
            x: Axis(logarithmicAround: costs) {
                metric.figure($0).replacing(".00", with: "").replacing(".0 ", with: " ")
            },
            y: Axis(around: points.map(\.2) + tried.map(\.quality)) { subject.quality($0) }, xLabel: metric.label,
            yLabel: subject.quality.label, height: 220)
        for candidate in tried {
            let cost = metric == .bytes ? Double(candidate.bytes) : candidate.latencyMicroseconds
            plot.mark(
                x: cost, y: candidate.quality, .others, words: "\(candidate.student) on validation rows", size: 4)
        }
        // The student last: on top of the others.
        for (series, cost, quality) in points.reversed() {
            plot.mark(
                x: cost, y: quality, series,
                words: "\(series.name): \(metric.figure(cost)), \(subject.quality.label) \(subject.quality(quality))",
                size: 6)
        }
        let student = points.first { $0.0 == .student }
        let teacher = points.first { $0.0 == .teacher }
        var sentence = "Left and high is good."
        if let student, let teacher {
            let ratio = teacher.1 / student.1
            let words = metric == .bytes ? ("smaller", "larger") : ("faster", "slower")
            sentence +=
                " The student is \(brief(max(ratio, 1 / ratio))) times \(ratio >= 1 ? words.0 : words.1) than the teacher, at \(subject.quality.label) \(subject.quality(student.2)) against \(subject.quality(teacher.2))."
        }
        parts.append(
            plot.svg + Series.legend(points.map(\.0) + (tried.isEmpty ? [] : [.others])) + explanation(sentence))
    }
    return parts.isEmpty ? "" : section("What it costs", parts.joined(separator: "\n"))
}
