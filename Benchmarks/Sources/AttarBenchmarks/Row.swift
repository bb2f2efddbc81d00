/// One line of the report: what was measured, and what it is held against.
struct Row {
    /// What a figure has to reach.
    enum Goal {
        /// The figure should stay at or below it.
        case atMost(Double)
        /// The figure should stay at or above it.
        case atLeast(Double)
    }

    var name: String
    var value: Double
    var unit: String
    /// What the figure should reach; nil where it is only shown.
    var goal: Goal?
    /// The same work by others, or the least that the arithmetic needs.
    var references: [(name: String, value: Double)] = []

    /// The line as printed, with ratios.
    var text: String {
        let against = references.map { reference in
            "\n    \(reference.name): \(Self.short(reference.value)) \(unit), "
                + "\(Self.short(reference.value / value)) × ours"
        }
        return "\(name): \(Self.short(value)) \(unit)\(goalText)\(against.joined())"
    }

    private var goalText: String {
        switch goal {
        case .atMost(let most): ", goal at most \(Self.short(most)): \(value <= most ? "met" : "missed")"
        case .atLeast(let least): ", goal at least \(Self.short(least)): \(value >= least ? "met" : "missed")"
        case nil: ""
        }
    }

    private static func short(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 100).rounded() / 100)
    }
}
