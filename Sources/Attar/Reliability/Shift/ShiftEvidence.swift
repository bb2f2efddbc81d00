/// What becomes of answers where rows are corrupted or come from elsewhere. None of these corruptions is used in training.
public struct ShiftEvidence: EvidenceResult {
    public static let key = "shift"

    /// One kind of corruption.
    public struct Corruption: Hashable, Codable, Sendable {
        /// What is done, in a word or two: "noise", "missing cells", "swapped columns".
        public var name: String
        /// Strengths 1 to 5, in order.
        public var strengths: [Figures]
    }

    /// The figures on rows of one kind.
    public struct Figures: Hashable, Codable, Sendable {
        /// Accuracy, or R², against the labels.
        public var quality: SideBySide<Double>
        /// The share of rows on which a model answers as the teacher does, or R² to the teacher's values; the teacher asked about the same rows.
        /// Nil where the teacher was not asked.
        public var agreement: SideBySide<Double>?
    }

    /// Rows that lie to one side of the others.
    public struct Covariate: Hashable, Codable, Sendable {
        /// Which rows, in words.
        public var text: String
        /// How many.
        public var rows: Int
        /// Figures of models that were trained on the other side only.
        public var figures: Figures
    }

    /// Rows that were corrupted, each in every way.
    public var rows: Int
    /// The figures on those rows as they are.
    public var clean: Figures
    /// The corruptions.
    public var corruptions: [Corruption]
    /// The student's agreement with the teacher, mean over all corruptions and strengths, divided by the clean one; nil where the teacher was not
    /// asked.
    public var agreementKept: Double?
    /// The student's quality, likewise.
    public var qualityKept: Double
    /// Students that learned from one side of the rows, tested on the other; nil where that was not done.
    public var covariate: Covariate?
    /// What has to be known besides, in sentences.
    public var notes: [String]
}
