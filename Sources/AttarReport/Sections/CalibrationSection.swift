import Attar

/// Reliability diagrams of the models.
func calibrationSection(_ subject: Subject) -> String {
    guard let calibration = subject.evidence.calibration else { return "" }
    let pictures = Series.of(calibration.diagrams).map { series, bins in
        var plot = Plot(
            "Reliability of the \(series.name): share of right answers by confidence",
            x: Axis(from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1]) { percent($0, digits: 0) },
            y: Axis(from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1]) { percent($0, digits: 0) },
            xLabel: "confidence", yLabel: "\(series.mark) \(series.name): right", width: 300, height: 250)
        for bin in bins where bin.rows > 0 {
            plot.bar(
                from: bin.low, to: bin.high, height: bin.accuracy.value, series,
                words: "\(bin.rows) rows said \(percent(bin.confidence)), \(percent(bin.accuracy.value)) of them right")
            plot.interval(x: (bin.low + bin.high) / 2, low: bin.accuracy.low, high: bin.accuracy.high, series)
        }
        plot.line([(0, 0), (1, 1)], Series(name: "", colour: "ink", mark: "", dash: "4 4"), isThin: true)
        return plot.svg
    }
    let error = Metric.expectedCalibrationError
    let figures = Series.of(subject.figures).compactMap { series, figures in
        figures[error.name].map { "\(series.name) \($0.value.formatted(digits: 3))" }
    }
    return section(
        "Calibration",
        explanation(
            "Bars on the dashed line: probabilities mean what they say. Below it the model is too sure, above it not sure enough. Thin lines are 95 % intervals; short bars with long lines stand on few rows."
        )
            + "<div class=\"row\">\(pictures.joined(separator: "\n"))</div>"
            + explanation(
                sentence(calibration.diagrams.student), "Calibration error: \(figures.joined(separator: ", ")).",
                chance(calibration), method(calibration))
            + remarks(calibration.notes))
}

/// What the fullest bin but the last says, in words, for the gap that matters most.
private func sentence(_ bins: [CalibrationEvidence.Bin]) -> String {
    let rows = bins.reduce(0) { $0 + $1.rows }
    guard
        let worst = bins.filter({ $0.rows * 20 >= rows && $0.rows > 0 }).max(by: {
            abs($0.accuracy.value - $0.confidence) < abs($1.accuracy.value - $1.confidence)
        })
    else { return "" }
    let gap = worst.accuracy.value - worst.confidence
    let comparison =
        abs(gap) < 0.02 ? "as it should be" : gap < 0 ? "it is surer than it should be" : "it could be surer"
    return
        "Among bins with a twentieth of the rows or more, the student's gap is largest where it says \(percent(worst.confidence, digits: 0)) on \(worst.rows) of \(rows) rows and is right on \(percent(worst.accuracy.value, digits: 0)) of them: \(comparison)."
}

/// What chance has a part in the error.
private func chance(_ calibration: CalibrationEvidence) -> String {
    guard let chance = calibration.chance else { return "" }
    func short(_ value: Double) -> String { value.formatted(digits: 3) }
    return
        "On as many rows calibrated probabilities show \(short(chance.expected)) on average by chance, and seldom more than \(short(chance.most)); the student's true error is most likely \(short(chance.error.value)) (\(short(chance.error.low)) to \(short(chance.error.high)))."
}

private func method(_ calibration: CalibrationEvidence) -> String {
    switch calibration.method {
    case "temperature":
        let before = calibration.errorBefore.map { " (calibration error \($0.formatted(digits: 3)) before)" } ?? ""
        let rows =
            calibration.fittedRows > 0
            ? ", fitted on \(calibration.fittedRows) training rows that it had not learned from"
            : ", when it was distilled"
        return
            "The student's probabilities were calibrated by a temperature of \((calibration.temperature ?? 1).formatted(digits: 2))\(rows)\(before)."
    default: return "The student's probabilities are the model's own: they were not calibrated."
    }
}
