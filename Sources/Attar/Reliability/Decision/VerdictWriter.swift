/// Puts a verdict's gains into sentences, each true read alone.
struct VerdictWriter {
    private let kind: TaskKind
    private let grounds: Verdict.Grounds

    init(_ kind: TaskKind, _ grounds: Verdict.Grounds) { (self.kind, self.grounds) = (kind, grounds) }

    /// Two figures of one aim, the first of which decides where both were measured.
    struct Pair {
        let writer: VerdictWriter
        let metrics: [Metric]
        let gains: [Gain]
        /// What each figure is about: "answers", "probabilities".
        let subjects: [String]
        /// What one does where it hurt.
        let advice: String

        /// Whether one is measurably better, and the first not measurably worse.
        var helped: Bool { gains.first?.outcome != .hurt && gains.contains { $0.outcome == .helped } }
    }

    /// Whether the student is right more often, and its second figure better.
    var quality: Pair {
        let metrics = unique([kind.metrics.main, kind.metrics.second])
        return Pair(
            writer: self, metrics: metrics,
            gains: zip(["quality", kind.words.second], metrics).map(gain),
            subjects: [kind.words.main, kind.words.second], advice: " Train this student on labels alone.")
    }

    /// Whether the student is closer to its teacher.
    var fidelity: Pair {
        let metrics = unique([kind.metrics.fidelity] + (kind.metrics.divergence.map { [$0] } ?? []))
            .filter { grounds.difference[$0] != nil }
        return Pair(
            writer: self, metrics: metrics, gains: metrics.map { gain("fidelity", $0) },
            subjects: metrics.map { _ in kind.words.fidelity }, advice: "")
    }

    /// The main figure of all three models, and the difference: "accuracy 91.2 % distilled, …".
    func measured(capital: Bool = false) -> String {
        let main = kind.metrics.main
        func figure(_ estimates: [Metric: Estimate]) -> String {
            estimates[main].map { main.figure($0.value) } ?? "unknown"
        }
        let over = grounds.seeds > 1 ? ", mean of \(grounds.seeds) seeds" : ""
        let text =
            "\(main.label) \(figure(grounds.student)) distilled, \(figure(grounds.labelsOnly)) from labels alone"
            + (grounds.teacher.isEmpty ? "" : ", \(figure(grounds.teacher)) the teacher")
            + " (difference \(main.change(change(main))))\(over)"
        return capital ? text.prefix(1).uppercased() + text.dropFirst() : text
    }

    private func unique(_ metrics: [Metric]) -> [Metric] {
        metrics.enumerated().filter { metrics.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    private func change(_ metric: Metric) -> Estimate { grounds.difference[metric] ?? Estimate(exactly: 0) }

    private func gain(_ name: String, _ metric: Metric) -> Gain {
        Gain(
            name, in: metric, change(metric), rowsAlone: grounds.rowsAlone[metric],
            chance: grounds.chances[metric] ?? 0,
            size: grounds.labelsOnly[metric]?.value ?? 0, testRows: grounds.testRows)
    }

    /// A figure that is not the main one, of student and labels alone: "agreement 99.3 % against 97.2 % from labels alone (difference …)".
    fileprivate func compared(_ metric: Metric) -> String {
        func figure(_ estimates: [Metric: Estimate]) -> String? { estimates[metric].map { metric.figure($0.value) } }
        guard let own = figure(grounds.student), let other = figure(grounds.labelsOnly) else {
            return "\(metric.label) \(metric.change(change(metric))) against labels alone"
        }
        return "\(metric.label) \(own) against \(other) from labels alone (difference \(metric.change(change(metric))))"
    }

    fileprivate func text(_ metric: Metric) -> String { metric == kind.metrics.main ? measured() : compared(metric) }

    /// "On so many test rows", and how many would tell.
    fileprivate func power(_ gain: Gain, _ metric: Metric) -> String {
        guard let rows = gain.rowsNeeded else { return "" }
        return " About \(rows) test rows would show a gain in \(metric.label) of this size."
    }

    fileprivate var testRows: Int { grounds.testRows }
}

extension VerdictWriter.Pair {
    /// The verdict's first sentences.
    func headline() -> String {
        guard let first = gains.first else {
            return "Distilling could not be judged: the figures that tell were not measured."
        }
        let main = writer.text(metrics[0])
        let second = gains.dropFirst().first
        let other = second.map { _ in writer.text(metrics[1]) } ?? ""
        let isOne = Set(subjects.prefix(gains.count)).count == 1 && gains.count > 1
        switch (first.outcome, second?.outcome) {
        case (.helped, .hurt) where !isOne:
            return "Distilling helped: \(main). It hurt the \(subjects[1]): \(other)."
        case (.helped, _):
            return "Distilling helped\(subject): \(main)."
        case (.hurt, _):
            return "Distilling hurt\(subject.isEmpty ? " here" : subject): \(main).\(advice)"
        case (.notShown, .helped):
            return isOne
                ? "Distilling helped\(subject): \(other); \(main)."
                : "Distilling helped the \(subjects[1]), and is not shown to help the \(subjects[0]): \(other); \(main)."
        case (.notShown, .hurt):
            return isOne
                ? "Distilling hurt\(subject): \(other); \(main)."
                : "Distilling hurt the \(subjects[1]), and is not shown to help the \(subjects[0]): \(other); \(main)."
        case (.notShown, _):
            return
                "Distilling is not shown to help\(subject) on \(writer.testRows) test rows: \(main).\(writer.power(first, metrics[0]))"
        }
    }

    /// " the fidelity to the teacher" where that is what the student is for; nothing for quality.
    private var subject: String { gains[0].name == "fidelity" ? " the \(subjects[0])" : "" }

    /// What is said of these where the student is for something else; nil where nothing can be said.
    func aside() -> String? {
        guard let first = gains.first else { return nil }
        let subject = "the \(subjects[0])"
        let main = writer.text(metrics[0])
        if first.outcome == .helped { return "It helped \(subject): \(main)." }
        if first.outcome == .hurt { return "It hurt \(subject): \(main)." }
        if gains.count > 1, gains[1].outcome != .notShown {
            return
                "It \(gains[1].outcome == .helped ? "helped" : "hurt") the \(subjects[1]): \(writer.text(metrics[1])); \(main)."
        }
        return "It is not shown to help \(subject): \(main).\(writer.power(first, metrics[0]))"
    }
}
