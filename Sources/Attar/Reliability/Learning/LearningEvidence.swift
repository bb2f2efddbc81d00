/// What models know by heart, and how many rows the student needs.
public struct LearningEvidence: EvidenceResult {
    public static let key = "learning"

    /// One model on rows that it learned from and on rows that it did not.
    public struct Gap: Hashable, Codable, Sendable {
        /// Accuracy, or R², on training rows.
        public var training: Double
        /// On test rows.
        public var test: Double
        /// Training minus test: what does not carry over.
        public var gap: Double { training - test }

        /// Figures on both.
        public init(training: Double, test: Double) {
            self.training = training
            self.test = test
        }
    }

    /// Students that learned from a share of the rows.
    public struct Point: Hashable, Codable, Sendable {
        /// The share of the training rows.
        public var share: Double
        /// Training rows.
        public var rows: Int
        /// Accuracy, or R², on the test rows: student and label-only student. Never the teacher's.
        public var quality: SideBySide<Double>
    }

    /// The models on training and test rows.
    public var gaps: SideBySide<Gap>
    /// At 10, 25, 50 and 100 % of the training rows; empty where that would have taken too long.
    public var curve: [Point]
    /// What has to be known besides, in sentences.
    public var notes: [String]
}
