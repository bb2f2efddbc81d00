/// How well scores tell shifted rows from test rows as they are.
public struct OutOfDistributionEvidence: EvidenceResult {
    public static let key = "outOfDistribution"

    /// One score.
    public struct Score: Hashable, Codable, Sendable {
        /// `confidence`, `energy` or `mahalanobis`.
        public var name: String
        /// The chance that a shifted row has a higher score than a usual one.
        public var auroc: Estimate
        /// The share of usual rows that are above the score which 95 % of the shifted rows are above.
        public var falsePositiveRateAt95: Double
    }

    /// The scores.
    public var scores: [Score]
    /// The rows that were to be told apart, in words: "test rows with noise of strength 5".
    public var against: String
    /// How many of each.
    public var rows: Int
}
