internal import Compute

/// Whether a model knows anything of the rows: whether it is measurably better than the answer of someone who does not, and puts the rows in order better than chance.
public struct Skill: Hashable, Codable, Sendable {
    /// How much better than the baseline it is, in the figure that the baseline names; above 0 is better. Nil where a task has no baseline.
    public var gain: Estimate?
    /// The figure that tells whether it puts rows in order: the area under the ROC curve, R². Nil where it cannot be measured, as on rows of one class.
    public var ranking: Estimate?
    /// What that figure is for who knows nothing.
    public var floor: Double
    /// How likely someone who knows nothing is to order the rows as well; nil where only the interval tells.
    public var chance: Double?
    /// Whether it puts the rows in order better than chance.
    public var ranks: Bool
    /// Whether it is measurably better than the baseline, and ranks.
    public var isShown: Bool
    /// The same as a sentence, without its full stop.
    public var text: String

    /// The highest chance at which rows are said to be in order: a claim that decides about shipping is made at 99 %.
    public static let level = 0.01

    /// Compares a model's figures with the baseline's.
    ///
    /// - Parameters:
    ///   - who: who is judged: "student", "teacher".
    ///   - own: its evaluation.
    ///   - baseline: the baseline's, of the same replicates; nil where there is none.
    ///   - named: what the baseline answers.
    ///   - chance: that of ordering the rows as well without knowing them.
    package init(
        _ who: String, _ own: Evaluation, baseline: Evaluation?, named: Baseline?, of kind: TaskKind, chance: Double?
    ) {
        let figure = kind.judging.ranking
        let estimates = own.estimates
        func gain(in metric: Metric) -> Estimate? {
            baseline.flatMap { (metric.lowerIsBetter ? $0.minus(own) : own.minus($0)).estimate(metric) }
        }
        // Hardly a row can hide a gain in log loss, of a model that is sure of itself there and wrong.
        let figures = [named?.metric, named?.bounded].compactMap { name in
            kind.metrics.all.first { $0.name == name }
        }
        let metric = figures.first { (gain(in: $0)?.low ?? 0) > 0 } ?? figures.first
        let gain = metric.flatMap(gain)
        let ranking = estimates[figure.metric]
        let isHigher = ranking.map { $0.value > figure.floor && (chance != nil || $0.low > figure.floor) } ?? false
        let ranks = isHigher && (chance ?? 0) <= Self.level
        let isBetter = gain.map { $0.low > 0 } ?? (named == nil)
        self.init(
            gain: gain, ranking: ranking, floor: figure.floor, chance: chance, ranks: ranks,
            isShown: ranks && (isBetter || named?.looksAtRows == true), text: "")
        var parts: [String] = []
        if let metric, let other = baseline?.estimates[metric], let value = estimates[metric], let gain {
            let unclear = isBetter ? "" : ", a gain of \(metric.change(gain))"
            parts.append(
                "\(metric.label) \(metric.figure(value.value)) against \(metric.figure(other.value))\(unclear)")
        }
        parts.append(
            ranking.map {
                "\(figure.metric.label) \(figure.metric.interval($0)), where \(figure.metric.figure(figure.floor)) is no better than chance"
            } ?? "\(figure.metric.label) cannot be measured on these rows")
        let comparison =
            named.map { "measurably better than \($0.answeringInWords)" } ?? "measurably better than chance"
        // What looks at rows may be as good as a student that knows much of them.
        let others =
            isShown && !isBetter
            ? "measurably better than chance, but not \(comparison)" : "\(isShown ? "" : "not ")\(comparison)"
        text = "The \(who) is \(others): \(parts.joined(separator: "; "))"
    }

    private init(
        gain: Estimate?, ranking: Estimate?, floor: Double, chance: Double?, ranks: Bool, isShown: Bool, text: String
    ) {
        (self.gain, self.ranking, self.floor, self.chance) = (gain, ranking, floor, chance)
        (self.ranks, self.isShown, self.text) = (ranks, isShown, text)
    }
}

extension Skill {
    /// Training rows on which a teacher is judged at most, the first drawn.
    private static let mostRows = 5_000

    /// Whether a teacher knows anything, by its answers to training rows, before a student learns from it. Nil where rows have no truth but its answers.
    ///
    /// - Parameters:
    ///   - answers: its answers to the rows, out of fold where it was trained on them.
    ///   - problem: the rows.
    package init?(
        ofTeacher answers: Matrix, on problem: Problem, of kind: TaskKind, baseline: Baseline?, seed: UInt64
    ) {
        guard problem.truth != .none, problem.rows.count >= Verdict.fewestRows else { return nil }
        var generator = SeededGenerator(seed: seed, stream: "rows for the teacher")
        let chosen =
            answers.rows > Self.mostRows
            ? Array(Array(0..<answers.rows).shuffled(using: &generator).prefix(Self.mostRows)).sorted()
            : Array(0..<answers.rows)
        let (own, rows) = (answers.selecting(rows: chosen), problem.selecting(chosen))
        let weights = rows.rows.weights ?? [Float](repeating: 1, count: chosen.count)
        let statistics = [own, baseline?.answers(rows: chosen.count)].compactMap { $0 }.map {
            kind.judging.statistics($0, rows.truth, teacher: nil, weights: weights)
        }
        let evaluations = Evaluation.paired(statistics, weights: weights, units: rows.units, seed: seed)
        self.init(
            "teacher", evaluations[0], baseline: baseline == nil ? nil : evaluations[1], named: baseline, of: kind,
            chance: rows.units == nil ? kind.judging.ranking.chance?(own, rows.truth, seed) : nil)
    }
}
