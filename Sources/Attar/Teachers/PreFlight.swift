internal import Compute
internal import Foundation

/// A few rows that a teacher is asked before all others, to see what its answers are and what all of them would take.
package struct PreFlight: Sendable {
    /// Rows that were looked at.
    package let rows: Int
    /// What the answers are.
    package let outputKind: Answers.Kind
    /// Whether they are labels without probabilities, as far as these rows tell.
    package let isHard: Bool
    /// Accuracy or R² of the answers against the labels; nil without labels.
    package let quality: Double?
    /// Seconds a row; nil where all answers were known already.
    package let secondsPerRow: Double?
    /// What the answers cost a row; nil where it is not known.
    package let costPerRow: Double?
    /// Requests a row; nil where none are counted.
    package let requestsPerRow: Double?
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
        let before = source?.spending
        let began = ContinuousClock.now
        let outputs = try await teacher.predict(sample)
        let took = began.duration(to: .now) / .seconds(1)
        (self.rows, outputKind, task) = (count, outputs.kind, teacher.task)
        let known = outputs.knownRows
        let answers = outputs.selecting(rows: known)
        isHard =
            outputs.kind == .probabilities && !known.isEmpty && teacher.task.width > 1
            && answers.matrix.elements.allSatisfy { $0 == 0 || $0 == 1 }
        quality =
            known.isEmpty
            ? nil : sample.target.flatMap { Agreement.withLabels(answers, teacher.task, $0.selecting(known)) }
        secondsPerRow = asked > 0 ? took / Double(asked) : nil
        let spent = asked > 0 ? source?.spending?.since(before) : nil
        costPerRow = spent?.cost.map { $0 / Double(asked) }
        requestsPerRow = spent.map { Double($0.requests) / Double(asked) }
        chance = sample.target.flatMap { target in
            guard case .classes = target.truth, count > 0 else { return nil }
            let counts = Dictionary(target.labels.map { ($0, 1) }, uniquingKeysWith: +)
            return Double(counts.values.max() ?? 0) / Double(count)
        }
    }

    /// What was found, in sentences.
    package func sentences() -> [String] {
        let what =
            isHard
            ? "labels of \(task.width) classes, without probabilities"
            : task.form == .probabilities
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
        return [first + "."]
    }

    /// The same, with what all other rows will take.
    ///
    /// - Parameter remaining: rows that are still to be asked.
    package func sentences(remaining: Int) -> [String] {
        var sentences = sentences()
        if let takes = takes(remaining), remaining > 0 {
            sentences.append("The other \(Spending.count(remaining, "row")) will take about \(takes).")
        }
        return sentences + [warning].compactMap { $0 }
    }

    /// What a run will ask besides, and what that takes.
    func outlook(_ forecast: QuestionForecast) -> String {
        let about = takes(forecast.total).map { ", which takes about \($0)" } ?? ""
        let most = forecast.isMost ? "up to " : ""
        return
            "The teacher will be asked \(most)\(Spending.count(forecast.total, "more question"))\(about): \(forecast.words)."
    }

    /// "3 min and costs about 0.55"; nil where nothing was asked that tells.
    private func takes(_ count: Int) -> String? {
        guard let secondsPerRow else { return nil }
        let time = Self.words(seconds: secondsPerRow * Double(count))
        return time + (costPerRow.map { " and about \(Spending.price($0 * Double(count))) in cost" } ?? "")
    }

    /// Says that the answers are no better than chance; nil where they are, or too few rows tell.
    package var warning: String? {
        guard let quality, let chance, task.width > 1, rows >= 32, quality < min(chance, 2 / Double(task.width)) else {
            return nil
        }
        return
            "That is no better than chance: check the order of --classes, and that the columns are those that the teacher was made for."
    }

    private static func words(seconds: Double) -> String {
        switch seconds {
        case ..<1: "a second or less"
        case ..<90: "\(Int(seconds.rounded())) s"
        case ..<5400: "\(Int((seconds / 60).rounded())) min"
        default: "\((seconds / 360).rounded() / 10) h"
        }
    }
}
