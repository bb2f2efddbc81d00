/// What was measured, and what it is held against. Printed as lines of one Markdown table.
struct Row {
    /// What a figure has to reach.
    enum Goal {
        /// The figure should stay at or below it.
        case atMost(Double)
        /// The figure should stay at or above it.
        case atLeast(Double)

        func isMet(by value: Double) -> Bool {
            switch self {
            case .atMost(let most): value <= most
            case .atLeast(let least): value >= least
            }
        }

        func text(in unit: String) -> String {
            switch self {
            case .atMost(let most): "≤ \(short(most)) \(unit)"
            case .atLeast(let least): "≥ \(short(least)) \(unit)"
            }
        }
    }

    /// One line: the work of another, or a limit, and how ours stands to it.
    struct Comparison {
        var name: String
        /// The other's figure with its unit.
        var figure: String
        var ratio: Double
        /// The ratio's unit: "×" or "%".
        var unit = "×"
        var goal: Goal?
    }

    var work: String
    var threads = 1
    var value: Double
    var unit: String
    /// What the figure should reach by itself; nil where only ratios count.
    var goal: Goal?
    var comparisons: [Comparison] = []

    /// The table's head.
    static let head = """
        | work | threads | Attar | beside | | ratio | goal | |
        |---|---|---|---|---|---|---|---|
        """

    /// A line for the figure where it has a goal or stands alone, and one for each comparison.
    var lines: [String] {
        var lines: [String] = []
        if goal != nil || comparisons.isEmpty {
            lines.append(line("", "", "", goal?.text(in: unit), goal?.isMet(by: value)))
        }
        for other in comparisons {
            lines.append(
                line(
                    other.name, other.figure, "\(short(other.ratio)) \(other.unit)", other.goal?.text(in: other.unit),
                    other.goal?.isMet(by: other.ratio)))
        }
        return lines
    }

    private func line(_ name: String, _ figure: String, _ ratio: String, _ goal: String?, _ isMet: Bool?) -> String {
        let judgement = isMet.map { $0 ? "met" : "**missed**" } ?? ""
        let cells = [work, String(threads), "\(short(value)) \(unit)", name, figure, ratio, goal ?? "", judgement]
        return "| \(cells.joined(separator: " | ")) |"
    }
}

extension Row {
    /// Adds the time that another takes for the same work, as so many times ours.
    mutating func compare(withTime time: Double, of name: String, goal: Goal? = nil) {
        comparisons.append(Comparison(name: name, figure: "\(short(time)) \(unit)", ratio: time / value, goal: goal))
    }

    /// Adds the rate that another reaches; the ratio is how many times ours is that.
    mutating func compare(withRate rate: Double, of name: String, goal: Goal? = nil) {
        comparisons.append(Comparison(name: name, figure: "\(short(rate)) \(unit)", ratio: value / rate, goal: goal))
    }
}

/// A number with about three digits.
func short(_ value: Double) -> String {
    if value >= 100 { return String(Int(value.rounded())) }
    let steps = value >= 10 ? 10.0 : 100.0
    return String((value * steps).rounded() / steps)
}
