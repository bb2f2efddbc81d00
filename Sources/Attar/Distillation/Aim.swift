/// What a student is for: what is compared where Attar chooses how it is taught, and what the verdict says first.
public struct Aim: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// An aim of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// To be right: the student is held against the labels.
    public static let quality = Aim(rawValue: "quality")
    /// To answer as the teacher does, as where it takes the teacher's place: the student is held against the teacher's answers.
    public static let fidelity = Aim(rawValue: "fidelity")

    /// All aims.
    public static let all = [quality, fidelity]

    /// The name alone, as recipes have it.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
