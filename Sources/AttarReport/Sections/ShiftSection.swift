import Attar

/// What becomes of the models where rows change.
func shiftSection(_ subject: Subject) -> String {
    guard let shift = subject.evidence.shift else { return "" }
    // R² below 0, worse than a constant, is nothing left: its size would hide all other bars.
    func mean(_ values: [Double]) -> Double { values.reduce(0) { $0 + max(0, $1) } / Double(max(1, values.count)) }
    func bars(_ figures: [SideBySide<Double>]) -> [(series: Series, value: Double)] {
        [Series.student, .labels, .teacher].compactMap { series in
            let values = figures.compactMap { one in Series.of(one).first { $0.series == series }?.value }
            return values.isEmpty ? nil : (series, mean(values))
        }
    }
    let groups =
        [("as they are", bars([shift.clean.quality]))]
        + shift.corruptions.map { ($0.name, bars($0.strengths.map(\.quality))) }
    let chart = BarGroups(
        title: "\(subject.quality.label.capitalisedFirst) on corrupted rows, mean over five strengths",
        groups: groups.map { (name: $0.0, bars: $0.1) }, format: { subject.quality($0) })
    let weakest = shift.corruptions.min {
        mean($0.strengths.map(\.quality.student)) < mean($1.strengths.map(\.quality.student))
    }
    func left(_ share: Double) -> String { share > 0 ? percent(share) : "nothing" }
    let kept = shift.agreementKept.map { "It keeps \(left($0)) of its agreement with the teacher." } ?? ""
    let rows = shift.corruptions.map { corruption in
        [corruption.name]
            + corruption.strengths.map { strength in
                strength.agreement.map { subject.kind.metrics.fidelity.figure($0.student) }
                    ?? subject.quality(strength.quality.student)
            }
    }
    let isAgreement = shift.clean.agreement != nil
    let strengths = (shift.corruptions.map(\.strengths.count).max() ?? 0)
    return section(
        "Under shift",
        explanation(
            "\(chart.title); \(shift.rows) test rows, changed in ways that training does not use.",
            subject.quality.range.lowerBound < 0
                ? "Where it lies below 0, worse than a constant, it counts as 0." : "") + chart.svg
            + Series.legend(groups[0].1.map(\.series))
            + explanation(
                "Of its quality on rows as they are the student keeps \(left(shift.qualityKept)).", kept,
                weakest.map {
                    "It is weakest under \($0.name): if such rows occur, add some to the training rows, or check for them."
                } ?? "")
            + table(
                caption: isAgreement
                    ? "The student's agreement with the teacher, by strength"
                    : "The student's \(subject.quality.label), by strength",
                header: [""] + (1...max(1, strengths)).map(String.init), rows: rows)
            + covariate(shift, subject) + remarks(shift.notes))
}

private func covariate(_ shift: ShiftEvidence, _ subject: Subject) -> String {
    guard let covariate = shift.covariate else { return "" }
    let texts = Series.of(covariate.figures.quality).map { "\($0.series.name) \(subject.quality($0.value))" }
    return explanation(
        "Rows to one side (\(covariate.text); \(covariate.rows) rows): \(texts.joined(separator: ", ")).")
}

/// Whether strange rows can be told.
func strangeRowsSection(_ subject: Subject) -> String {
    guard let strange = subject.evidence.outOfDistribution, !strange.scores.isEmpty else { return "" }
    let rows = strange.scores.map {
        [$0.name, Metric.auroc.interval($0.auroc), percent($0.falsePositiveRateAt95)]
    }
    let best = strange.scores.max { $0.auroc.value < $1.auroc.value }
    return section(
        "Strange rows",
        table(
            caption: "Telling \(strange.against) from the same rows as they are, \(strange.rows) of each",
            header: ["score", "area under ROC", "usual rows refused with 95 % of the strange ones"], rows: rows)
            + explanation(
                best.map {
                    $0.auroc.value > 0.8
                        ? "The score \($0.name) tells them well: a strange row has the higher one in \(percent($0.auroc.value, digits: 0)) of the cases."
                        : "No score tells them well; the best, \($0.name), gives a strange row the higher one in \(percent($0.auroc.value, digits: 0)) of the cases (50 % is chance)."
                } ?? ""))
}
