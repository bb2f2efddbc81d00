public import Attar

/// A certificate as one self-contained HTML page: the verdict first, then what it stands on.
///
/// Parts of the evidence that are not there are left out. The page loads nothing and runs nothing.
/// - Parameters:
///   - certificate: the evidence.
///   - data: where the rows came from, for the heading.
///   - catalogue: the tasks that there are.
/// - Throws: `AttarError` (`invalidSetting`) where nobody has registered the certificate's task.
public func htmlReport(of certificate: Certificate, data: String, catalogue: Catalogue = .standard) throws -> String {
    let subject = try Subject(certificate, data: data, catalogue: catalogue)
    return page(
        subject,
        sections: [
            figuresSection(subject), costSection(subject, candidates: certificate.choice.candidates),
        ] + evidenceSections(subject) + [
            section("Over the seeds", seedsTable(certificate, subject)),
            section("What was chosen, on validation rows", choiceTables(certificate, subject)),
            provenanceSection(certificate),
            section("Notes", "<ul>\(certificate.notes.map { "<li>\(escaped($0))</li>" }.joined())</ul>"),
        ])
}

/// A model's evaluation as such a page, without what only a distillation knows.
///
/// - Parameters:
///   - evaluation: the figures and the evidence.
///   - model: what the model is called.
///   - names: its classes or outputs.
///   - data: where the rows came from.
///   - catalogue: the tasks that there are.
/// - Throws: `AttarError` (`invalidSetting`) where nobody has registered the evaluation's task.
public func htmlReport(
    of evaluation: ModelEvaluation, model: String, names: [String], data: String, catalogue: Catalogue = .standard
) throws -> String {
    let subject = try Subject(evaluation, model: model, names: names, data: data, catalogue: catalogue)
    return page(
        subject,
        sections: [figuresSection(subject), costSection(subject, candidates: [])] + evidenceSections(subject))
}

private func page(_ subject: Subject, sections: [String]) -> String {
    let shown = sections.filter { !$0.isEmpty }
    let parts =
        [
            "<h1>\(escaped(subject.title))</h1>", "<p class=\"quiet\">\(escaped(subject.subtitle))</p>",
            decisionSection(subject), contents(of: shown),
        ] + shown
    return page(title: subject.title, body: parts.joined(separator: "\n"))
}

extension String {
    /// The text with its first letter as a capital.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
