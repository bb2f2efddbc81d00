import Attar

/// One figure of certificates, and what it has to reach.
struct Figure {
    /// Whose figure it is.
    enum Owner: String {
        case teacher, student
    }

    /// What the mean over the splits has to reach.
    enum Goal {
        case atMost(Double)
        case atLeast(Double)
        case noLowerThanLabelsOnly
    }

    private let owner: Owner
    private let metric: Metric
    private let goal: Goal?

    /// A figure; without a goal it is only shown.
    init(_ owner: Owner, _ metric: Metric, goal: Goal? = nil) {
        self.owner = owner
        self.metric = metric
        self.goal = goal
    }

    /// The line as printed: mean ± standard deviation over the splits, labels alone beside a student, and the goal.
    func text(_ certificates: [Certificate]) -> String {
        let values = certificates.map {
            ((owner == .teacher ? $0.teacher : $0.student)[metric.name]?.value ?? .nan)
        }
        let plain = certificates.map { $0.labelsOnly[metric.name]?.value ?? .nan }
        let beside = owner == .student ? " (labels alone \(Self.short(Self.mean(plain))))" : ""
        return "\(owner) \(metric.name): \(Self.short(Self.mean(values)))\(Self.spread(values))\(beside)"
            + goalText(Self.mean(values), labelsOnly: Self.mean(plain))
    }

    private func goalText(_ mean: Double, labelsOnly: Double) -> String {
        switch goal {
        case .atMost(let most): ", goal at most \(Self.short(most)): \(mean <= most ? "met" : "missed")"
        case .atLeast(let least): ", goal at least \(Self.short(least)): \(mean >= least ? "met" : "missed")"
        case .noLowerThanLabelsOnly:
            ", goal no lower than labels alone: \(mean >= labelsOnly ? "met" : "missed")"
        case nil: ""
        }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// ± the standard deviation with divisor n − 1; nothing for a single value.
    private static func spread(_ values: [Double]) -> String {
        guard values.count > 1 else { return "" }
        let mean = mean(values)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return " ± \(short((squares / Double(values.count - 1)).squareRoot()))"
    }

    private static func short(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 10_000).rounded() / 10_000)
    }
}
