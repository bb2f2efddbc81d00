/// Whether distilling helped, said plainly.
public struct Verdict: Hashable, Codable, Sendable {
    /// Whether the student is better for having learned from the teacher, beyond what chance explains, in what it is for.
    public let helped: Bool
    /// A few sentences for people.
    public let text: String
    /// What the student is for; nil where there is no student without a teacher to hold it against.
    public let aim: Aim?
    /// What learning from the teacher changed, one a figure that is looked at; nil where nobody learned from it, or there is nobody to hold the student against.
    public let gains: [Gain]?
    /// What to do with the student; nil where that was not judged.
    public var decision: Decision?

    /// The fewest test rows on which a gain or a loss is claimed.
    public static let fewestRows = 30

    init(helped: Bool, text: String, aim: Aim? = nil, gains: [Gain]? = nil) {
        (self.helped, self.text, self.aim, self.gains) = (helped, text, aim, gains)
    }
}
