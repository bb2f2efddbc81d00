public import Attar

/// A certificate as one self-contained HTML page: verdict first, then the figures that it stands on.
///
/// - Parameters:
///   - certificate: the evidence.
///   - data: where the rows came from, for the heading.
/// - Returns: the page; it loads nothing from elsewhere.
public func htmlReport(of certificate: Certificate, data: String) -> String {
    let title = "\(certificate.choice.student) distilled from \(certificate.choice.teacher)"
    let parts = [
        "<h1>\(escaped(title))</h1>",
        "<p class=\"quiet\">\(escaped(data)): \(certificate.trainingRows) training rows, \(certificate.testRows) test rows</p>",
        "<p class=\"verdict\(certificate.verdict.helped ? "" : " no")\">\(escaped(certificate.verdict.text))</p>",
        section("Side by side", chart(certificate) + figures(certificate)),
        section("Over the seeds", seeds(certificate)),
        section("What was chosen, on validation rows", choice(certificate)),
        section("Notes", "<ul>\(certificate.notes.map { "<li>\(escaped($0))</li>" }.joined())</ul>"),
    ]
    return page(title: title, body: parts.joined(separator: "\n"))
}

private func chart(_ certificate: Certificate) -> String {
    let isClassification = certificate.task == .classification
    let metric: Metric = isClassification ? .accuracy : .r2
    let lines = [
        ("distilled", certificate.student, "student"), ("labels alone", certificate.labelsOnly, "labels"),
        ("teacher", certificate.teacher, "teacher"),
    ].compactMap { name, figures, colour in
        figures[metric.rawValue].map { IntervalChart.Line(name: name, estimate: $0, colour: colour) }
    }
    let chart = IntervalChart(
        title: "\(MetricText(metric).label.capitalisedFirst) on the test rows with 95 % intervals", lines: lines,
        format: { MetricText(metric).figure($0) })
    return "<p>\(escaped(chart.title)). Bars that overlap do not say that two models are equal: look at the paired "
        + "difference in the verdict.</p>\(chart.svg)"
}

private func figures(_ certificate: Certificate) -> String {
    let rows = MetricText.order.compactMap { metric -> [String]? in
        let name = metric.rawValue
        let columns = [certificate.student, certificate.labelsOnly, certificate.teacher].map { $0[name] }
        guard columns.contains(where: { $0 != nil }) else { return nil }
        let text = MetricText(metric)
        return [text.label] + columns.map { text.interval($0) }
    }
    return table(
        caption: "Figures on the test rows; 95 % intervals from 1,000 paired bootstrap replicates",
        header: ["", "distilled", "labels alone", "teacher"], rows: rows)
}

private func seeds(_ certificate: Certificate) -> String {
    let metrics: [Metric] =
        certificate.task == .classification
        ? [.accuracy, .logLoss, .agreement, .negativeFlips] : [.r2, .mse, .r2ToTeacher]
    let rows = certificate.seeds.seeds.enumerated().map { index, seed in
        ["seed \(seed)\(seed == certificate.seeds.shipped ? ", in the artifact" : "")"]
            + metrics.flatMap { metric in
                [certificate.seeds.student, certificate.seeds.labelsOnly].map { figures in
                    figures[metric.rawValue].map { MetricText(metric).figure($0[index]) } ?? "–"
                }
            }
    }
    return table(
        caption: "Each seed's student and its twin trained on labels alone",
        header: [""]
            + metrics.flatMap { ["\(MetricText($0).label), distilled", "\(MetricText($0).label), labels alone"] },
        rows: rows)
}

private func choice(_ certificate: Certificate) -> String {
    guard !certificate.choice.trials.isEmpty else {
        return "<p>Nothing: the recipe names the student and its strategy, \(escaped(certificate.choice.strategy)).</p>"
    }
    let isClassification = certificate.task == .classification
    let quality = MetricText(isClassification ? .accuracy : .r2)
    let strategies = table(
        caption: "Ways of making the transfer set; taken: \(certificate.choice.strategy)",
        header: ["strategy", quality.label, "score"],
        rows: certificate.choice.trials.map {
            [$0.strategy, quality.figure($0.quality), $0.score.formatted(digits: 4)]
        })
    guard certificate.choice.candidates.count > 1 else { return strategies }
    let candidates = table(
        caption: "Students; taken: \(certificate.choice.student)",
        header: ["student", "strategy", quality.label, "size", "time a row", ""],
        rows: certificate.choice.candidates.map {
            [
                $0.student, $0.strategy, quality.figure($0.quality), MetricText(.bytes).figure(Double($0.bytes)),
                MetricText(.latencyMicroseconds).figure($0.latencyMicroseconds), $0.excluded ?? "",
            ]
        })
    return candidates + strategies
}

extension String {
    /// The text with its first letter as a capital.
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
