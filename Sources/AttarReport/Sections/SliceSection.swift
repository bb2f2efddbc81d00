import Attar

/// Parts of the rows, and those on which the student falls behind.
func sliceSection(_ subject: Subject) -> String {
    guard let slices = subject.evidence.slices, !slices.slices.isEmpty else { return "" }
    let text = subject.kind.metrics.row
    let whom = slices.comparedWith == "labelsOnly" ? "the label-only student" : "the teacher"
    let shown = Array(slices.slices.prefix(20))
    let rows = shown.map { slice in
        [
            slice.isRegression ? "✗ falls behind: \(slice.name)" : slice.name, String(slice.rows),
            text.interval(slice.quality.student), text.interval(slice.quality.teacher ?? slice.quality.labelsOnly),
            difference(slice.difference, subject), slices.tested > 0 ? slice.pValue.formatted(digits: 3) : "–",
        ]
    }
    let regressions = slices.regressions
    let sentence =
        slices.tested == 0
        ? "Nothing was tested."
        : regressions.isEmpty
            ? "On none of \(slices.tested) slices does the student fall behind \(whom) more than elsewhere, beyond chance."
            : "On \(regressions.count) of \(slices.tested) slices the student falls behind \(whom) more than elsewhere: look at these rows, add some like them, or let the teacher answer them."
    return section(
        "Slices",
        explanation(sentence)
            + table(
                caption:
                    "The slices with regressions, then those with the lowest quality; p-values are corrected for all \(slices.tested) slices",
                header: [
                    "slice", "rows", "student", whom == "the teacher" ? "teacher" : "labels alone", "difference", "p",
                ],
                rows: rows) + remarks(slices.notes))
}

private func difference(_ estimate: Estimate, _ subject: Subject) -> String {
    let scale = subject.kind.metrics.row.unit.scale
    func text(_ value: Double) -> String {
        (scale * value).formatted(digits: abs(scale * value) >= 100 ? 0 : 1, signed: true)
    }
    return "\(text(estimate.value)) (\(text(estimate.low)) to \(text(estimate.high)))"
}
