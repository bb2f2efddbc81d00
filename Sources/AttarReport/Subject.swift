import Attar

/// What a page is about: a certificate, or the evaluation of a model, brought to one form.
struct Subject {
    let title: String
    let subtitle: String
    let kind: TaskKind
    let names: [String]
    let figures: SideBySide<Certificate.Figures>
    /// Those of someone who knows nothing of the rows; empty where there are none.
    let baseline: Certificate.Figures
    /// What that answers; nil where there is none.
    let baselineAnswer: Baseline?
    let verdict: String?
    let helped: Bool
    let decision: Decision?
    let evidence: Evidence
    let testRows: Int

    init(_ certificate: Certificate, data: String, catalogue: Catalogue) throws {
        title = "\(certificate.choice.student) distilled from \(certificate.choice.teacher)"
        subtitle =
            certificate.crossFitted == nil
            ? "\(data): \(certificate.trainingRows) training rows, \(certificate.testRows) test rows"
            : "\(data): \(certificate.testRows) rows, each tested once by students of the others"
        (kind, names) = (try certificate.kind(in: catalogue), certificate.names)
        figures = SideBySide(
            student: certificate.student, labelsOnly: certificate.labelsOnly, teacher: certificate.teacher)
        (baseline, baselineAnswer) = (certificate.baseline, certificate.baselineAnswer)
        (verdict, helped) = (certificate.verdict.text, certificate.verdict.helped)
        decision = certificate.verdict.decision
        evidence = certificate.evidence ?? Evidence()
        testRows = certificate.testRows
    }

    init(
        _ evaluation: ModelEvaluation, model: String, names: [String], data: String, catalogue: Catalogue
    ) throws {
        title = "\(model) measured on \(data)"
        subtitle = "\(evaluation.testRows) labelled rows"
        (kind, self.names) = (try evaluation.kind(in: catalogue), names)
        figures = SideBySide(
            student: evaluation.student, teacher: evaluation.teacher.isEmpty ? nil : evaluation.teacher)
        (baseline, baselineAnswer) = (evaluation.baseline, evaluation.baselineAnswer)
        verdict = evaluation.verdict.map { "When it was distilled: \($0.text)" }
        helped = true
        decision = evaluation.decision
        evidence = evaluation.evidence ?? Evidence()
        testRows = evaluation.testRows
    }

    /// The metric that students are compared by.
    var quality: Metric { kind.metrics.main }
    /// Whether rows' losses are mistakes, of which shares are told; else they are sizes.
    var tellsMistakes: Bool { kind.judging.lossKind == .mistakes }

    /// A share, or R², as text.
    func quality(_ value: Double) -> String { quality.figure(value) }
}

/// A share as text: 87.5 %.
func percent(_ share: Double, digits: Int = 1) -> String { "\((100 * share).formatted(digits: digits)) %" }

/// A number in as few digits as tell it: 0.0123, 12.3, 12300.
func brief(_ value: Double) -> String {
    value == 0 ? "0" : value.formatted(digits: abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 0.1 ? 2 : 4)
}

/// Sentences that were put down while measuring, as HTML.
func remarks(_ notes: [String]) -> String {
    notes.map { "<p class=\"quiet\">\(escaped($0))</p>" }.joined()
}

/// An explanation under a picture, as HTML.
func explanation(_ sentences: String...) -> String {
    "<p>\(escaped(sentences.filter { !$0.isEmpty }.joined(separator: " ")))</p>"
}
