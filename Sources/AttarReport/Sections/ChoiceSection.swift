import Attar

/// Each seed's figures.
func seedsTable(_ certificate: Certificate, _ subject: Subject) -> String {
    let metrics = subject.kind.metrics.bySeed
    // Where a task has no labels there is no twin.
    let hasTwin = subject.kind.teaching.hasTwin
    let sides = [certificate.seeds.student] + (hasTwin ? [certificate.seeds.labelsOnly] : [])
    let rows = certificate.seeds.seeds.enumerated().map { index, seed in
        ["seed \(seed)\(seed == certificate.seeds.shipped ? ", in the artifact" : "")"]
            + metrics.flatMap { metric in
                sides.map { figures in
                    figures[metric.name].map { metric.figure($0[index]) } ?? "–"
                }
            }
    }
    return table(
        caption: hasTwin ? "Each seed's student and its twin trained on labels alone" : "Each seed's student",
        header: [""]
            + metrics.flatMap { hasTwin ? ["\($0.label), distilled", "\($0.label), labels alone"] : [$0.label] },
        rows: rows)
}

/// What was compared on validation rows.
func choiceTables(_ certificate: Certificate, _ subject: Subject) -> String {
    guard !certificate.choice.trials.isEmpty else {
        return "<p>Nothing: the recipe names the student and its strategy, \(escaped(certificate.choice.strategy)).</p>"
    }
    let quality = subject.quality
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
                $0.student, $0.strategy, quality.figure($0.quality), Metric.bytes.figure(Double($0.bytes)),
                Metric.latencyMicroseconds.figure($0.latencyMicroseconds), $0.excluded ?? "",
            ]
        })
    return candidates + strategies
}
