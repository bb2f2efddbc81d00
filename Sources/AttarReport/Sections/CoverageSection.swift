import Attar

/// Sets and intervals that promise to hold the truth.
func coverageSection(_ subject: Subject) -> String {
    guard let coverage = subject.evidence.coverage,
        let shown = coverage.methods.first(where: { $0.name == coverage.stored }) ?? coverage.methods.first
    else { return "" }
    let chart = IntervalChart(
        title: "Coverage of \(shown.name) at each promise, with 95 % intervals",
        lines: shown.levels.map {
            .init(name: "promised \(percent($0.target, digits: 0))", estimate: $0.coverage, colour: "student")
        }, format: { percent($0) })
    let kept = shown.levels.filter { $0.coverage.value >= $0.target - $0.tolerance }.count
    let isSets = shown.levels.contains { $0.empty != nil }
    let rows = coverage.methods.flatMap { method in
        method.levels.map { level in
            [
                "\(method.name), \(percent(level.target, digits: 0))", Metric.accuracy.interval(level.coverage),
                brief(level.size),
            ] + (isSets ? [level.empty.map { percent($0) } ?? "–", worst(level), rarest(level)] : [])
        }
    }
    let ninety = shown.levels.first { abs($0.target - 0.9) < 1e-9 }
    let example =
        ninety.map {
            isSets
                ? "At 90 % a set holds the right class for \(percent($0.coverage.value)) of the rows, with \(brief($0.size)) classes on average."
                : "At 90 % an interval holds the value for \(percent($0.coverage.value)) of the rows and is \(brief($0.size)) wide on average."
        } ?? ""
    return section(
        isSets ? "Prediction sets" : "Intervals",
        chart.svg
            + explanation(
                example,
                "\(kept) of \(shown.levels.count) promises are kept within two standard errors of \(coverage.rows) rows.",
                coverage.methods.contains { $0.name == coverage.stored }
                    ? "The file holds \(coverage.stored): attar predict DATA --model FILE --coverage .9 writes them."
                    : "")
            + table(
                caption: "All methods, cross-fitted on the test rows",
                header: ["method, promise", "coverage", isSets ? "classes" : "width"]
                    + (isSets ? ["empty", "worst class", "rarest class"] : []),
                rows: rows) + crps(coverage) + remarks(coverage.notes))
}

private func worst(_ level: CoverageEvidence.Level) -> String {
    guard let name = level.worstClass, let value = level.worstCoverage else { return "–" }
    return "\(shortened(name, to: 20)): \(percent(value))"
}

private func rarest(_ level: CoverageEvidence.Level) -> String {
    guard let name = level.rarestClass, let coverage = level.rarestCoverage else { return "–" }
    return "\(shortened(name, to: 20)): \(Metric.accuracy.interval(coverage))"
}

private func crps(_ coverage: CoverageEvidence) -> String {
    guard let scores = coverage.crps else { return "" }
    let texts = Series.of(scores).map { "\($0.series.name) \(brief($0.value.value))" }
    return explanation("Continuous ranked probability score, lower is better: \(texts.joined(separator: ", ")).")
}
