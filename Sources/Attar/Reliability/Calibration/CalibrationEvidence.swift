/// Whether probabilities mean what they say: reliability diagrams, and what calibrating them changed.
public struct CalibrationEvidence: EvidenceResult {
    public static let key = "calibration"

    /// One bin of confidence in a reliability diagram.
    public struct Bin: Hashable, Codable, Sendable {
        /// Where it begins; it holds confidences above.
        public var low: Double
        /// Where it ends.
        public var high: Double
        /// Rows in it.
        public var rows: Int
        /// The mean confidence of its rows, by their weights; 0 where it is empty.
        public var confidence: Double
        /// The share of its rows that are answered rightly, with its 95 % interval (Wilson, 1927).
        public var accuracy: Estimate
    }

    /// A calibration error beside what chance shows on as many rows.
    public struct Chance: Hashable, Codable, Sendable {
        /// The error that calibrated probabilities show on average: labels are drawn from the student's own.
        public var expected: Double
        /// The error that they exceed in one of 50 draws.
        public var most: Double
        /// The true error of which the rows most likely are, chance taken off, with its 95 % interval. The interval holds the error that is shown, too.
        public var error: Estimate
    }

    /// 15 bins of equal width.
    public var diagrams: SideBySide<[Bin]>
    /// How the student's probabilities were calibrated: `none` or `temperature`.
    public var method: String
    /// The temperature, where that is the method.
    public var temperature: Double?
    /// Rows that it was fitted on; they are training rows, each answered by a student that has not seen it. 0 where they are not known, as when a
    /// file's model is evaluated.
    public var fittedRows: Int
    /// The calibration error on the test rows without calibration; nil where there is none.
    public var errorBefore: Double?
    /// The student's error, chance taken off; nil in certificates of earlier versions.
    public var chance: Chance?
    /// What has to be known besides, in sentences.
    public var notes: [String]
}
