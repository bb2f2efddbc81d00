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
    /// How the classes go with the labels; nil where there are none.
    private let labelled: ClassAgreement?
    /// The square of the correlation of values and labels, where a row has one of each.
    private let squaredCorrelation: Double?
    /// What messages call the teacher.
    private let name: String

    /// How many rows are asked.
    package static let size = 64
    /// From how many rows on the answers are held against the labels.
    private static let fewest = 32
    /// An R² below which, and a squared correlation from which on, values are the labels in another unit.
    private static let (otherUnit, sameCourse) = (-1.0, 0.5)

    /// Asks a teacher about some of the rows, evenly spread over them.
    ///
    /// - Parameter name: what messages call it.
    /// - Throws: as asking does.
    package init(
        _ teacher: any Teacher, on rows: Dataset, named name: String? = nil, catalogue: Catalogue = .standard
    ) async throws {
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
        // Where a teacher is followed labels are in no unit of its answers.
        let target = try sample.target.flatMap { try catalogue.task($0.task.kind).posing.needsTarget ? $0 : nil }
        quality =
            known.isEmpty
            ? nil : target.flatMap { Agreement.withLabels(answers, teacher.task, $0.selecting(known)) }
        secondsPerRow = asked > 0 ? took / Double(asked) : nil
        let spent = asked > 0 ? source?.spending?.since(before) : nil
        costPerRow = spent?.cost.map { $0 / Double(asked) }
        requestsPerRow = spent.map { Double($0.requests) / Double(asked) }
        let labels = known.isEmpty ? nil : target?.selecting(known)
        labelled = labels.flatMap { ClassAgreement(answers, teacher.task, $0) }
        squaredCorrelation = labels.flatMap { target in
            guard case .values(let truth) = target.truth, truth.columns == 1, answers.matrix.columns == 1 else {
                return nil
            }
            return Self.squaredCorrelation(answers.matrix.elements, truth.elements)
        }
        self.name = name.map { "the teacher '\($0)'" } ?? "the teacher"
    }

    /// Refuses a teacher from whose answers nothing could be learned as they are read: classes in another order, or values in another unit.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) with both figures, and what to do.
    package func refuseNonsense() throws {
        guard rows >= Self.fewest else { return }
        if let labelled, labelled.areInAnotherOrder {
            let accuracy = kind.metrics.main
            func share(_ right: Int) -> String { accuracy.figure(Double(right) / Double(labelled.rows)) }
            let order = labelled.order.flatMap { $0.count <= 20 ? $0 : nil }
            let meant = order.map { "\($0.joined(separator: ", ")), in this order" } ?? "the classes in another order"
            throw AttarError(
                .unusableTeacher,
                "\(name) answers \(share(labelled.right)) of \(labelled.rows) rows with their label, and would answer \(share(labelled.rightAtBest)) so if its outputs were \(meant)",
                remedy:
                    "Name the classes in the order of its outputs: --classes \(order?.joined(separator: ",") ?? "…")")
        }
        if let quality, let squaredCorrelation, quality < Self.otherUnit, squaredCorrelation >= Self.sameCourse {
            throw AttarError(
                .unusableTeacher,
                "\(name) answers in another unit than the labels' (correlation \(String(format: "%.2f", squaredCorrelation.squareRoot())), but R² \(String(format: "%.1f", quality)))",
                remedy: "Give the target in the unit in which the teacher was trained, such as its logarithm")
        }
    }

    /// The square of Pearson's correlation; nil where one of the two is constant.
    private static func squaredCorrelation(_ first: [Float], _ second: [Float]) -> Double? {
        let count = Double(first.count)
        let means = (first.reduce(0.0) { $0 + Double($1) } / count, second.reduce(0.0) { $0 + Double($1) } / count)
        var (both, own, other) = (0.0, 0.0, 0.0)
        for (one, two) in zip(first, second) {
            let (one, two) = (Double(one) - means.0, Double(two) - means.1)
            (both, own, other) = (both + one * two, own + one * one, other + two * two)
        }
        return own > 0 && other > 0 && both > 0 ? both * both / (own * other) : nil
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
        return sentences + [doubt].compactMap { $0 }
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

    /// What speaks against the teacher, as a sentence; nil for nothing, and where too few rows tell.
    package var doubt: String? {
        guard rows >= Self.fewest else { return nil }
        let columns = "that the columns are those that the teacher was made for"
        let answers = "The answers of \(name) are"
        if let labelled, labelled.right < labelled.commonest.rows {
            let share = kind.metrics.main.figure(Double(labelled.commonest.rows) / Double(labelled.rows))
            let usual = "always answering '\(labelled.commonest.name)' would be right in \(share)"
            return Double(labelled.right) <= labelled.byChance
                ? "\(answers) no better than chance (\(usual)): check the order of --classes, and \(columns)."
                : "\(answers) right less often than the baseline (\(usual)): check \(columns), unless it is meant to find rare classes."
        }
        if squaredCorrelation != nil || task.form == .values, let quality, quality <= 0 {
            return
                "\(answers) no better than the labels' mean: check \(columns), and that it answers in the labels' unit."
        }
        return nil
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
