/// What to do with a student, by the thresholds of its recipe.
public struct Decision: Hashable, Codable, Sendable {
    /// The three answers.
    public enum Kind: String, Hashable, Codable, Sendable {
        /// All thresholds are kept.
        case ship
        /// They are kept where the student answers only what it is sure of.
        case shipWithGuard = "ship with a guard"
        /// They are not.
        case doNotShip = "do not ship"
    }

    /// What has to stand between the student and its users.
    public struct Guard: Hashable, Codable, Sendable {
        /// What happens to rows below the threshold: `abstain`, or `teacher`: fall back to the teacher.
        public var action: String
        /// The lowest confidence that is answered.
        public var threshold: Double
        /// The share of test rows that are answered with it.
        public var coverage: Double
        /// All of it as a sentence.
        public var text: String
    }

    /// One threshold, and what was measured.
    public struct Check: Hashable, Codable, Sendable {
        /// The name in the recipe's `thresholds`.
        public var name: String
        /// What was measured.
        public var value: Double
        /// What it may be.
        public var limit: Double
        /// Whether it is kept.
        public var holds: Bool
        /// The same as a sentence.
        public var text: String
    }

    /// The answer.
    public var kind: Kind
    /// Why, in sentences; those that fail first.
    public var reasons: [String]
    /// The thresholds that were looked at.
    public var checks: [Check]
    /// The guard, where one is needed.
    public var guardrail: Guard?
    /// What cannot be told, in sentences, such as classes of which there are too few rows; nil for nothing.
    public var remarks: [String]?
}
