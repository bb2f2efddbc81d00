internal import Compute

/// Which class the students answer, where that is not always the likeliest, and why.
struct AnswerDecision {
    /// Nil for the likeliest.
    var rule: AnswerRule?
    /// A sentence for the certificate; nil where there is no rule.
    var note: String?
}

extension StudentSearch {
    /// Figures of answers alone, which of two classes depend on the probability from which the second is answered.
    private static let decided: [Metric] = [.balancedAccuracy, .macroF1, .matthews]
    /// Thresholds that are tried: as many quantiles of the probabilities.
    private static let thresholds = 100

    /// The rule by which students answer: by the costs that are given, else of two classes by the threshold that does best by the figure that models are compared by, where
    /// that is asked for and depends on one.
    ///
    /// The threshold is found on rows that the students had not learned from, with the student's and its twin's answers together, so that it favours neither; it is taken
    /// only where thresholds that are found on all folds but one do better on that fold than the likeliest class, over all folds.
    ///
    /// - Parameters:
    ///   - choice: the chosen student and its twin, fitted on the rows outside of folds.
    ///   - calibrations: how the student's and the twin's probabilities are scaled.
    /// - Throws: `AttarError` (`invalidSetting`) for costs of classes that there are not.
    func decision(_ choice: Choice, calibrations: [Calibration]) throws -> AnswerDecision {
        let names = taught.task.names
        if let rule = try settings.costs?.rule(for: names) {
            let from = rule.threshold.map { ": \(Self.words($0, names))" } ?? ""
            return AnswerDecision(rule: rule, note: "Answers are the classes that are expected to cost least\(from).")
        }
        let metric = taught.kind.metrics.main
        guard settings.metric != nil, Self.decided.contains(metric), names.count == 2 else { return AnswerDecision() }
        // Every row is a test row: none would be left that tells a threshold without having set it.
        if settings.evidence == .cross {
            return AnswerDecision(
                note: "No threshold was fitted for \(metric.label): every row is a test row (--evidence cross).")
        }
        let fits = [choice.fits, choice.labelsOnly].filter { !$0.isEmpty }
        let judged = zip(fits, calibrations).map { fits, calibration in
            zip(fits.indices, fits).map { fold, fit in
                JudgedFold(calibration.scaling.calibrated(fit.answers), rows: taught.folds[fold], of: taught)
            }
        }.flatMap { $0 }
        let folds = fits.map(\.count).min() ?? 0
        guard folds > 1 else { return AnswerDecision() }
        let candidates = Self.candidates(judged)
        func score(_ rule: AnswerRule?, _ rows: [JudgedFold]) -> Double {
            let judging = taught.kind.deciding(by: rule).judging
            return rows.reduce(0) { $0 + $1.figure(metric, by: judging) }
        }
        // Each rule on each fold once: finding it leaves folds out in turn.
        let scores = candidates.map { rule in judged.map { score(rule, [$0]) } }
        func best(leavingOut fold: Int?) -> Int {
            let sums = scores.map { own in
                own.indices.reduce(0) { judged[$1].rows == fold.map { taught.folds[$0] } ? $0 : $0 + own[$1] }
            }
            return sums.indices.max { (sums[$0], $1) < (sums[$1], $0) } ?? 0
        }
        let gain = (0..<folds).reduce(0.0) { sum, fold in
            let rule = best(leavingOut: fold)
            return judged.indices.filter { judged[$0].rows == taught.folds[fold] }.reduce(sum) {
                $0 + scores[rule][$1] - score(nil, [judged[$1]])
            }
        }
        guard gain > 0, let rule = candidates[best(leavingOut: nil)], let threshold = rule.threshold else {
            return AnswerDecision()
        }
        return AnswerDecision(
            rule: rule,
            note: """
                Of the two classes, \(Self.words(threshold, names)) is answered: that does best by \(metric.label) on rows that the students had not \
                learned from.
                """)
    }

    /// From which probability on which of two classes is answered: the one that is answered more readily than the other.
    private static func words(_ threshold: Double, _ names: [String]) -> String {
        let (name, least) = threshold <= 0.5 ? (names[1], threshold) : (names[0], 1 - threshold)
        return "'\(name)' from a probability of \(least.formatted(digits: 3)) on"
    }

    /// The likeliest class, then thresholds between the probabilities of the second class.
    private static func candidates(_ judged: [JudgedFold]) -> [AnswerRule?] {
        let probabilities = judged.flatMap { fold in (0..<fold.answers.rows).map { fold.answers[$0, 1] } }.sorted()
        let steps = min(thresholds, probabilities.count)
        let quantiles = (0..<steps).map { probabilities[($0 * probabilities.count + probabilities.count / 2) / steps] }
        return [nil] + Set(quantiles).sorted().compactMap { try? AnswerRule(threshold: Double($0)) }
    }

    /// Calibrated answers to the rows of a fold.
    private struct JudgedFold {
        let answers: Matrix
        let rows: [Int]
        private let truth: Truth
        private let weights: [Float]

        init(_ answers: Matrix, rows: [Int], of taught: TaughtRows) {
            (self.answers, self.rows) = (answers, rows)
            truth = taught.problem.truth.selecting(rows)
            weights =
                taught.rows.weights.map { all in rows.map { all[$0] } } ?? [Float](repeating: 1, count: rows.count)
        }

        func figure(_ metric: Metric, by judging: any Judging) -> Double {
            judging.statistics(answers, truth, teacher: nil, weights: nil).values(weights: weights)[metric] ?? 0
        }
    }
}
