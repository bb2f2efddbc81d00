/// A figure of merit, with everything that is known of it: tables, pages, JSON, model cards, requirements and verdicts read it here.
///
/// Two metrics are the same where their names are. A further one is a value like those in `Metric+All.swift`, in a catalogue's `metrics`.
public struct Metric: Registered {
    /// Which of two figures is better.
    public enum Direction: Hashable, Sendable {
        /// The greater one, as of accuracy.
        case higherIsBetter
        /// The smaller one, as of an error.
        case lowerIsBetter
    }

    /// The name under which figures stand in JSON.
    public let name: String
    /// What people read: "area under ROC".
    public let label: String
    /// Which of two figures is better.
    public let direction: Direction
    /// The least and the greatest figure that there can be.
    public let range: ClosedRange<Double>
    /// How its figures are written.
    public let unit: Unit
    /// Further names by which requirements call it.
    public let aliases: [String]
    /// Whether it compares a model with its teacher, so that the teacher itself has none.
    public let isToTeacher: Bool
    /// What the model cards of Hugging Face call it; nil where they do not show it.
    public let cardType: String?

    /// A metric.
    public init(
        _ name: String, label: String? = nil, _ direction: Direction, in range: ClosedRange<Double>,
        unit: Unit = .number,
        aliases: [String] = [], isToTeacher: Bool = false, cardType: String? = nil
    ) {
        (self.name, self.label, self.direction, self.range) = (name, label ?? name, direction, range)
        (self.unit, self.aliases, self.isToTeacher, self.cardType) = (unit, aliases, isToTeacher, cardType)
    }

    /// Whether less is better.
    public var lowerIsBetter: Bool { direction == .lowerIsBetter }
}

extension Metric: Hashable {
    public static func == (one: Metric, other: Metric) -> Bool { one.name == other.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Registry<Metric> {
    /// The metrics of that name, then those that have it among their aliases, in any case: which of them is meant, a task's figures tell.
    public func called(_ name: String) -> [Metric] {
        members.filter { $0.name == name } + members.filter { $0.aliases.contains(name.lowercased()) }
    }
}
