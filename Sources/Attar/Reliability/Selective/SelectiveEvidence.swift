/// What is gained by leaving rows unanswered whose confidence lies below a threshold.
public struct SelectiveEvidence: EvidenceResult {
    public static let key = "selection"

    /// A point of a risk–coverage curve.
    public struct Point: Hashable, Codable, Sendable {
        /// The share of rows that are answered: the most confident ones.
        public var coverage: Double
        /// The share of wrong answers among them; for a regression the mean squared error.
        public var risk: Double
    }

    /// What answering a given share comes to.
    public struct Level: Hashable, Codable, Sendable {
        /// The share of rows that are answered.
        public var coverage: Double
        /// The lowest confidence that is answered.
        public var threshold: Double
        /// The accuracy on those; for a regression the mean squared error.
        public var quality: Estimate
    }

    /// A threshold above which the share of wrong answers is at most `risk`, at the confidence 1 − δ.
    public struct Guarantee: Hashable, Codable, Sendable {
        /// The share of wrong answers among those that are given.
        public var risk: Double
        /// The probability that the threshold does not keep that.
        public var delta: Double
        /// The lowest confidence to answer; nil where no threshold can be vouched for on so few rows.
        public var threshold: Double?
        /// The share of rows that are answered with it.
        public var coverage: Double?
    }

    /// Up to 60 points, from the most confident row to all rows.
    public var curves: SideBySide<[Point]>
    /// At 80, 90, 95 and 99 % of the rows.
    public var levels: SideBySide<[Level]>
    /// The area under the risk–coverage curve; lower is better. Geifman and El-Yaniv (NeurIPS 2017).
    public var area: SideBySide<Estimate>
    /// The student's thresholds for several risks, by learn-then-test. Angelopoulos et al. (2021).
    public var guarantees: [Guarantee]
    /// What confidence is here: `probability`, or for a regression `interval width`.
    public var score: String
    /// What has to be known besides, in sentences.
    public var notes: [String]
}
