public import Attar

/// A certificate as a model card: Markdown with the front matter that Hugging Face reads, figures included.
///
/// - Parameters:
///   - certificate: the evidence.
///   - artifact: the file's name, for the commands.
///   - data: where the rows came from.
///   - test: where the test rows came from; nil where they were some of the rows.
///   - canVerify: whether these files are all that it takes to measure the certificate again.
///   - catalogue: the tasks that there are.
/// - Throws: `AttarError` (`invalidSetting`) where nobody has registered the certificate's task.
public func modelCard(
    of certificate: Certificate, artifact: String, data: String, test: String? = nil, canVerify: Bool = true,
    catalogue: Catalogue = .standard
) throws -> String {
    let subject = try Subject(certificate, data: data, catalogue: catalogue)
    var parts = [
        frontMatter(certificate, subject, data: data), "# \(plain(subject.title))", plain(subject.subtitle) + ".",
    ]
    if let decision = subject.decision {
        parts.append("## Decision: \(decision.kind.rawValue)")
        parts.append(decision.reasons.map { "- \(plain($0))" }.joined(separator: "\n"))
        if let remarks = decision.remarks { parts.append(remarks.map(plain).joined(separator: " ")) }
        if let guardrail = decision.guardrail { parts.append("**The guard:** \(plain(guardrail.text))") }
    }
    parts.append(plain(certificate.verdict.text))
    if let text = subject.evidence.nonInferiority?.text { parts.append(plain(text)) }
    parts += ["## Figures", figuresTable(subject), "## Limits", limits(certificate, subject)]
    parts += [
        "## How to use it", "```sh\n\(commands(subject, artifact, data, test, canVerify).joined(separator: "\n"))\n```",
    ]
    if let provenance = certificate.provenance {
        parts += [
            "## Provenance",
            [
                "- data `\(provenance.data.hex)`", "- test rows `\(provenance.test.hex)`",
                "- student `\(provenance.student.hex)`", provenance.teacher.map { "- teacher `\($0.hex)`" },
                "- seed \(provenance.seed), made \(provenance.created) with Attar \(provenance.versions["Attar"] ?? "")",
            ].compactMap { $0 }.joined(separator: "\n"),
        ]
    }
    return parts.joined(separator: "\n\n") + "\n"
}

/// Commands that work as they stand, in the folder in which the student was distilled; `new.csv` are rows of one's own.
private func commands(
    _ subject: Subject, _ artifact: String, _ data: String, _ test: String?, _ canVerify: Bool
) -> [String] {
    var lines = ["attar predict new.csv --model \(word(artifact)) --out predictions.csv"]
    if let coverage = subject.evidence.coverage, coverage.stored != SetMethod.none.rawValue {
        lines.append("attar predict new.csv --model \(word(artifact)) --coverage .9 --out sets.csv")
    }
    // What came over standard input is gone.
    if canVerify, data != "-", test != "-" {
        let apart = test.map { " --test \(word($0))" } ?? ""
        lines.append("attar verify \(word(artifact)) \(word(data))\(apart)")
    }
    return lines
}

private func frontMatter(_ certificate: Certificate, _ subject: Subject, data: String) -> String {
    let task = subject.kind.words.cardTask
    let values = subject.kind.metrics.listed.compactMap { metric -> String? in
        guard let type = metric.cardType, let figure = certificate.student[metric.name] else { return nil }
        return
            "          - type: \(type)\n            name: \(quoted(metric.label))\n            value: \(figure.value)"
    }
    return """
        ---
        library_name: attar
        pipeline_tag: \(task)
        tags:
          - distillation
          - attar
        model-index:
          - name: \(quoted(certificate.choice.student))
            results:
              - task:
                  type: \(task)
                dataset:
                  type: tabular
                  name: \(quoted(data))
                metrics:
        \(values.joined(separator: "\n"))
        ---
        """
}

private func figuresTable(_ subject: Subject) -> String {
    let models = [
        ("student", subject.figures.student), ("labels alone", subject.figures.labelsOnly ?? [:]),
        ("teacher", subject.figures.teacher ?? [:]), ("baseline", subject.baseline),
    ].filter { !$0.1.isEmpty }
    let rows = subject.kind.metrics.listed.compactMap { metric -> String? in
        guard models.contains(where: { $0.1[metric.name] != nil }) else { return nil }
        return "| \(([metric.label] + models.map { metric.interval($0.1[metric.name]) }).joined(separator: " | ")) |"
    }
    let head = "| | \(models.map(\.0).joined(separator: " | ")) |\n|---|\(models.map { _ in "---|" }.joined())"
    let baseline = subject.baselineAnswer.map { " The baseline \($0.answersInWords)." } ?? ""
    return
        "On \(subject.testRows) test rows, with 95 % bootstrap intervals.\(baseline)\n\n\(head)\n\(rows.joined(separator: "\n"))"
}

private func limits(_ certificate: Certificate, _ subject: Subject) -> String {
    var lines = certificate.notes
    if let shift = subject.evidence.shift {
        lines.append(
            "On corrupted rows it keeps \(shift.qualityKept > 0 ? percent(shift.qualityKept) : "nothing") of its \(subject.quality.label)."
        )
    }
    if let slices = subject.evidence.slices, slices.tested > 0 {
        let names = slices.regressions.map(\.name)
        lines.append(
            names.isEmpty
                ? "It falls behind on none of \(slices.tested) slices of the test rows."
                : "It falls behind on these slices: \(names.joined(separator: "; ")).")
    }
    lines.append("All figures stand on rows like the test rows; others were not looked at.")
    return lines.map { "- \(plain($0))" }.joined(separator: "\n")
}

/// A path as a shell reads it as one word.
private func word(_ path: String) -> String {
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:@".contains($0)) }
    return isPlain ? path : "'\(path.replacing("'", with: #"'\''"#))'"
}

/// Text that YAML reads as text whatever is in it.
private func quoted(_ text: String) -> String {
    let inside = text.flatMap { character -> String in
        switch character {
        case "\"": "\\\""
        case "\\": "\\\\"
        default: character.isNewline ? " " : String(character)
        }
    }
    return "\"\(String(inside))\""
}

/// Text that Markdown shows as it is.
private func plain(_ text: String) -> String {
    String(
        text.flatMap { character -> String in
            "\\`*_<>|#".contains(character) ? "\\\(character)" : character.isNewline ? " " : String(character)
        })
}
