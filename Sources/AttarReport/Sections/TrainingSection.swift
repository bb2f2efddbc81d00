import Attar

/// The losses of the fits, epoch by epoch.
func trainingSection(_ subject: Subject) -> String {
    let curves = subject.evidence.training.filter { $0.loss.count > 1 }
    guard !curves.isEmpty else { return "" }
    let parts = curves.map { curve in
        let isStudent = curve.model == "student"
        let series: Series = isStudent ? .student : .labels
        let values = curve.loss + curve.validationLoss
        let isSteep = (values.max() ?? 1) > 20 * max(values.min() ?? 1, 1e-12)
        let name = "\(isStudent ? "The student" : "Labels alone"), seed \(curve.seed): training loss by epoch"
        let last = Double(curve.loss.count)
        var plot = Plot(
            name,
            x: Axis(from: 1, to: last, ticks: IntervalChart.ticks(from: 1, to: last)) { String(Int($0.rounded())) },
            y: isSteep ? Axis(logarithmicAround: values, format: brief) : Axis(around: values, format: brief),
            xLabel: "epoch", yLabel: "loss", height: 190)
        plot.line(curve.loss.enumerated().map { (Double($0.offset + 1), $0.element) }, series)
        if !curve.validationLoss.isEmpty {
            plot.line(curve.validationLoss.enumerated().map { (Double($0.offset + 1), $0.element) }, .teacher)
        }
        let fell = (curve.loss.dropLast(max(1, curve.loss.count / 10)).last ?? 0) - (curve.loss.last ?? 0)
        let isFalling = fell > 0.02 * abs((curve.loss.first ?? 0) - (curve.loss.last ?? 0))
        return explanation("\(name).") + plot.svg
            + explanation(
                isFalling
                    ? "It still falls at the end: more epochs may help."
                    : "It has come to rest: more epochs would hardly change anything.")
    }
    return section(
        "Training",
        parts.joined(separator: "\n")
            + (parts.count > 1
                ? explanation(
                    "The two losses are of different kinds and cannot be compared: the student's holds the teacher's answers, too."
                ) : ""))
}
