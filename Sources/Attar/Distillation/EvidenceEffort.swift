/// How much training a run does for its evidence, beside that of its students: fits for the learning curve, and for rows that lie to one side of the others.
public struct EvidenceEffort: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// An effort of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The fits are made where they take less than 20 s or a quarter of the run so far, judged by the fits of the students.
    public static let auto = EvidenceEffort(rawValue: "auto")
    /// The fits are made in any case.
    public static let full = EvidenceEffort(rawValue: "full")
    /// No model is trained for evidence alone.
    public static let quick = EvidenceEffort(rawValue: "quick")
    /// The whole run is made once more for each of `folds` parts of the rows, without that part, so that every row is a test row once; no other model is trained for evidence.
    public static let cross = EvidenceEffort(rawValue: "cross")

    /// All efforts.
    public static let all = [auto, full, quick, cross]

    /// The name alone, as recipes have it.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
