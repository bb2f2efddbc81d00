/// One line of the report: what was measured, and what it is held against.
struct Row {
    var name: String
    var value: Double
    var unit: String
    /// What the figure should stay below.
    var goal: Double?
    /// The same work by others, or the least that the arithmetic needs.
    var references: [(name: String, value: Double)] = []

    /// The line as printed, with ratios.
    var text: String {
        let goal = goal.map { ", goal at most \(Self.short($0)): \(value <= $0 ? "met" : "missed")" } ?? ""
        let against = references.map { reference in
            "\n    \(reference.name): \(Self.short(reference.value)) \(unit), "
                + "\(Self.short(reference.value / value)) of ours"
        }
        return "\(name): \(Self.short(value)) \(unit)\(goal)\(against.joined())"
    }

    private static func short(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 100).rounded() / 100)
    }
}
