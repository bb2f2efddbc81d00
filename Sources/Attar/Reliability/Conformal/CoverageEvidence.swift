/// How often sets of classes, or intervals of values, hold the truth, beside how often they promise to.
///
/// Thresholds are taken from test rows, which no model has learned from. What is measured here is cross-fitted: each fifth of the test rows is
/// judged by thresholds from the other four, so that no row judges a threshold that it helped to set.
public struct CoverageEvidence: EvidenceResult {
    public static let key = "coverage"

    /// One way of making sets or intervals.
    public struct Method: Hashable, Codable, Sendable {
        /// `lac`, `aps`, `raps`, `residual` or `cqr`; with `-by-class` where each class has a threshold of its own.
        public var name: String
        /// Coverage and size at 80, 90 and 95 %.
        public var levels: [Level]
    }

    /// What a method reaches at one level.
    public struct Level: Hashable, Codable, Sendable {
        /// The coverage that is promised.
        public var target: Double
        /// The share of test rows whose set or interval holds the truth, with its 95 % interval.
        public var coverage: Estimate
        /// The mean number of classes in a set, or the mean width of an interval in the target's units.
        public var size: Double
        /// The share of empty sets; nil for intervals.
        public var empty: Double?
        /// The class that is covered least often, and how often; nil for intervals.
        public var worstClass: String?
        /// Its coverage.
        public var worstCoverage: Double?
        /// The class with the fewest test rows; nil for intervals.
        public var rarestClass: String?
        /// How often its rows' sets hold it, with the 95 % interval.
        public var rarestCoverage: Estimate?
        /// Two standard errors of the coverage of that many rows: 2 √(target (1 − target) / rows).
        public var tolerance: Double
    }

    /// All methods that were measured.
    public var methods: [Method]
    /// Whether the artifact's sets can be empty; nil for intervals, and in certificates of earlier versions.
    public var allowsEmpty: Bool?
    /// The method that the artifact keeps for `predict --coverage`.
    public var stored: String
    /// Rows that its thresholds stand on.
    public var rows: Int
    /// Of a regression, the continuous ranked probability score of student and teacher, in the target's units; nil for classes.
    public var crps: SideBySide<Estimate>?
    /// What has to be known besides, such as classes with too few rows, in sentences.
    public var notes: [String]
}
