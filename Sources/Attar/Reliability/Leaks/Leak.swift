/// A way in which what is to be found out may have been known: figures are then better than the model is.
public struct Leak: Hashable, Codable, Sendable {
    /// What leaks. Open, so that kinds can be added.
    public struct Kind: RawRepresentable, Hashable, Codable, Sendable {
        public let rawValue: String

        /// A kind of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Test rows stand among the training rows.
        public static let sharedRows = Kind(rawValue: "sharedRows")
        /// The model was trained on test rows.
        public static let studentRows = Kind(rawValue: "studentRows")
        /// The teacher was trained on test rows.
        public static let teacherRows = Kind(rawValue: "teacherRows")
        /// The teacher answered test rows for the student to learn from.
        public static let unlabeledRows = Kind(rawValue: "unlabeledRows")
        /// Rows are copies of each other.
        public static let copies = Kind(rawValue: "copies")
        /// Test rows belong to groups that were trained on.
        public static let groups = Kind(rawValue: "groups")
        /// Test rows are no later than training rows.
        public static let time = Kind(rawValue: "time")
        /// A column alone gives the target.
        public static let column = Kind(rawValue: "column")
        /// A column only names or counts the rows.
        public static let identifier = Kind(rawValue: "identifier")
    }

    /// What leaks.
    public var kind: Kind
    /// Whether the figures say nothing of new rows because of it.
    public var voids: Bool
    /// What was found, and what to do about it.
    public var text: String
    /// The column that it is about.
    public var column: String?
    /// How many rows it is about.
    public var rows: Int?
    /// Of how many rows.
    public var of: Int?

    init(_ kind: Kind, voids: Bool = false, _ text: String, column: String? = nil, rows: Int? = nil, of: Int? = nil) {
        (self.kind, self.voids, self.text, self.column, self.rows, self.of) = (kind, voids, text, column, rows, of)
    }
}

/// The leaks that were found.
public struct LeakEvidence: EvidenceResult {
    public static let key = "leaks"

    /// Those that void the figures first.
    public var found: [Leak]
    /// What was looked for, as a sentence.
    public var looked: String

    /// What stands against shipping, in sentences without their full stops. All that a decision needs to know of leaks.
    package var obstacles: [String] { found.filter(\.voids).map { String($0.text.dropLast()) } }

    /// What a reader has to know besides, in sentences.
    public var warnings: [String] { found.filter { !$0.voids }.map(\.text) }

    public var exhibits: [Exhibit] {
        [.text(looked)]
            + found.map { .text($0.voids ? "The figures are void. \($0.text)" : $0.text) }
            + (found.isEmpty ? [.text("None was found.")] : [])
    }
}

extension Evidence {
    /// The leaks that were found; nil where nobody looked for them.
    public var leaks: LeakEvidence? { self[LeakEvidence.self] }
}

extension EvidencePart {
    /// Rows and columns that give away what is to be found out. They are looked for before anything is trained.
    public static let leaks = EvidencePart(LeakEvidence.self) { $0.background.leaks }
}
