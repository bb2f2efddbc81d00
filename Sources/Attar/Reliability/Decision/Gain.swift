/// What learning from the teacher changed in one figure, and whether the test rows can tell.
public struct Gain: Hashable, Codable, Sendable {
    /// What the test rows say.
    public enum Outcome: String, Hashable, Codable, Sendable {
        /// The student is better than the same student on labels alone, beyond chance.
        case helped
        /// It is worse, beyond chance.
        case hurt
        /// Neither can be told from chance.
        case notShown = "not shown"
    }

    /// What it is about: `quality`, the task's word for what its second figure measures (`probabilities`), or `fidelity`.
    public var name: String
    /// The metric's name.
    public var metric: String
    /// The student's figure minus that of labels alone.
    public var difference: Estimate
    /// What that says.
    public var outcome: Outcome
    /// Where a difference in the right direction is not shown: about as many test rows as would show one of this size four times in five. Nil elsewhere, and
    /// where the seeds differ so much that test rows alone would not.
    public var rowsNeeded: Int?

    /// Rows beyond which a gain is not worth a number.
    private static let mostRows = 10_000_000.0
    /// The chance that a gain or a loss of nothing may be claimed with.
    private static let most = 0.025
    /// How far an interval has to reach for the gain to be shown four times in five: 1.96 / (1.96 + 0.84).
    private static let reach = 0.7

    /// A gain in a metric.
    ///
    /// - Parameters:
    ///   - difference: student minus labels alone.
    ///   - rowsAlone: the same with an interval that leaves the seeds out; nil where it is the same.
    ///   - chance: that of a difference as large in its direction if rows differed by chance alone; 0 where that is not known.
    ///   - size: the figure of labels alone: differences that rounding alone can make beside it are none.
    init(
        _ name: String, in metric: Metric, _ difference: Estimate, rowsAlone: Estimate?, chance: Double = 0,
        size: Double,
        testRows: Int
    ) {
        (self.name, self.metric, self.difference) = (name, metric.name, difference)
        let least = 1e-6 * abs(size)
        let sign: Double = metric.lowerIsBetter ? -1 : 1
        let gain = sign * difference.value
        let (low, high) = sign > 0 ? (difference.low, difference.high) : (-difference.high, -difference.low)
        // What is written as a difference of 0 is nothing to claim, however sure it is.
        let isNothing = metric.difference(abs(difference.value)) == metric.difference(0)
        outcome =
            isNothing || chance > Self.most ? .notShown : low > least ? .helped : high < -least ? .hurt : .notShown
        guard outcome == .notShown, !isNothing, gain > least else { return }
        // An interval that leaves out no gain though the rows that differ are too few needs as many more as reach to there.
        let whole = max(gain, gain - low)
        let rows = rowsAlone.map { sign > 0 ? $0.value - $0.low : $0.high - $0.value } ?? whole
        let seeds = max(0, whole * whole - rows * rows)
        let left = Self.reach * gain * Self.reach * gain - seeds
        guard left > 0 else { return }
        let needed = Double(testRows) * rows * rows / left
        if needed > Double(testRows), needed < Self.mostRows { rowsNeeded = Self.rounded(needed) }
    }

    /// Rounded up to two digits: more are not known.
    private static func rounded(_ count: Double) -> Int {
        var unit = 1.0
        while count / unit >= 100 { unit *= 10 }
        return Int((count / unit).rounded(.up) * unit)
    }
}
