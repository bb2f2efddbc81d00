/// Figures of parts of the test rows, and those on which the student falls behind its teacher.
public struct SliceEvidence: EvidenceResult {
    public static let key = "slices"

    /// What makes a slice.
    public struct Kind: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A kind of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Rows of one class.
        public static let label = Kind(rawValue: "class")
        /// Rows with one value of a category.
        public static let category = Kind(rawValue: "category")
        /// Rows in one range of a number.
        public static let range = Kind(rawValue: "range")
        /// Rows in two slices at once.
        public static let pair = Kind(rawValue: "pair")
        /// Rows unlike most others.
        public static let rare = Kind(rawValue: "rare")
    }

    /// One part of the rows.
    public struct Slice: Hashable, Codable, Sendable {
        /// Which rows, as "colour = red" or "age in 30 to 45".
        public var name: String
        /// What makes it.
        public var kind: Kind
        /// How many rows.
        public var rows: Int
        /// Accuracy, or for a regression the mean squared error.
        public var quality: SideBySide<Estimate>
        /// Student minus teacher, or minus the label-only student where there is no teacher.
        public var difference: Estimate
        /// The chance that the student would fall behind this much more here than elsewhere on some slice, were slices nothing to it: corrected
        /// for all slices.
        public var pValue: Double
        /// Whether that is at most the level, and the student falls behind: the whole interval of the difference is on the worse side.
        public var isRegression: Bool
    }

    /// How many slices were tested.
    public var tested: Int
    /// The chance of a false alarm on any slice.
    public var level: Double
    /// The regressions first, then those with the lowest quality; 40 at most.
    public var slices: [Slice]
    /// Rows that a slice needs to be tested.
    public var fewestRows: Int
    /// Whom the student is compared with: `teacher` or `labelsOnly`; `none` where there is neither, and nothing was tested.
    public var comparedWith: String
    /// What has to be known besides, in sentences.
    public var notes: [String]

    /// The slices on which the student falls behind.
    public var regressions: [Slice] { slices.filter(\.isRegression) }
}
