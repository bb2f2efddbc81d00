internal import Compute
internal import Foundation

/// A few rows that a teacher is asked before all others, to see what its answers are and what all of them would take.
package struct PreFlight: Sendable {
    /// Rows that were looked at.
    package let rows: Int
    /// What the answers are.
    package let outputKind: Answers.Kind
    /// Accuracy or R² of the answers against the labels; nil without labels.
    package let quality: Double?
    /// Seconds a row; nil where all answers were known already.
    package let secondsPerRow: Double?
    /// What the answers cost a row; nil where it is not known.
    package let costPerRow: Double?
    private let task: LearningTask
    private let kind: TaskKind
    /// Accuracy of the commonest class among the rows that were looked at.
    private let chance: Double?

    /// How many rows are asked.
    package static let size = 64

    /// Asks a teacher about some of the rows, evenly spread over them.
    ///
    /// - Throws: as asking does.
    package init(_ teacher: any Teacher, on rows: Dataset, catalogue: Catalogue = .standard) async throws {
        self.kind = try catalogue.task(teacher.task.kind)
        let count = min(Self.size, rows.count)
        let sample = rows.selecting((0..<count).map { $0 * rows.count / max(1, count) })
        let stored = teacher as? StoredTeacher
        let asked = stored.map { $0.unanswered(in: sample).count } ?? count
        let source = (stored?.teacher ?? teacher) as? any PartialTeacher
        let before = source?.spending?.cost ?? 0
        let began = ContinuousClock.now
        let outputs = try await teacher.predict(sample)
        let took = began.duration(to: .now) / .seconds(1)
        (self.rows, outputKind, task) = (count, outputs.kind, teacher.task)
        quality = sample.target.flatMap { Agreement.withLabels(outputs, teacher.task, $0) }
        secondsPerRow = asked > 0 ? took / Double(asked) : nil
        costPerRow = asked > 0 ? source?.spending?.cost.map { ($0 - before) / Double(asked) } : nil
        chance = sample.target.flatMap { target in
            guard case .classes = target.truth, count > 0 else { return nil }
            let counts = Dictionary(target.labels.map { ($0, 1) }, uniquingKeysWith: +)
            return Double(counts.values.max() ?? 0) / Double(count)
        }
    }

    /// What was found, in sentences.
    ///
    /// - Parameter remaining: rows that are still to be asked.
    package func sentences(remaining: Int) -> [String] {
        let what =
            task.form == .probabilities
            ? "\(outputKind.rawValue) of \(task.width) classes" : "\(task.width) values a row"
        var first =
            secondsPerRow == nil
            ? "Of \(rows) rows looked at, all answers are kept already: they are \(what)"
            : "Asked \(rows) rows beforehand: the answers are \(what)"
        if let quality {
            let main = kind.metrics.main
            first +=
                kind.judging.lossKind == .mistakes
                ? ", \(main.figure(quality)) of them the rows' labels"
                : ", with \(main.label) of \(main.figure(quality)) against the labels"
        }
        var sentences = [first + "."]
        if let secondsPerRow, remaining > 0 {
            let time = Self.words(seconds: secondsPerRow * Double(remaining))
            let cost = costPerRow.map { " and cost about \(Self.amount($0 * Double(remaining)))" } ?? ""
            sentences.append("The other \(remaining) rows will take about \(time)\(cost).")
        }
        if let quality, let chance, task.width > 1, rows >= 32, quality < min(chance, 2 / Double(task.width)) {
            sentences.append(
                "That is no better than chance: check the order of --classes, and that the columns are those that the teacher was made for."
            )
        }
        return sentences
    }

    private static func words(seconds: Double) -> String {
        switch seconds {
        case ..<1: "a second or less"
        case ..<90: "\(Int(seconds.rounded())) s"
        case ..<5400: "\(Int((seconds / 60).rounded())) min"
        default: "\((seconds / 360).rounded() / 10) h"
        }
    }

    private static func amount(_ cost: Double) -> String {
        cost == 0 ? "0" : String(format: cost < 0.01 ? "%.4f" : "%.2f", cost)
    }
}
