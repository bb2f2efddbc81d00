/// Something that certificates say, and how it is tried.
protocol Claim {
    /// Its name, by which it can be run alone.
    var name: String { get }
    /// What is claimed, in a sentence.
    var says: String { get }
    /// Tries it, and prints a table of what was found.
    func tried(_ effort: Effort) async throws -> [Outcome]
}

/// How often things are drawn.
struct Effort {
    /// Of each setting.
    let draws: Int

    /// For a look.
    static let quick = Effort(draws: 60)
    /// For the documentation.
    static let whole = Effort(draws: 1_000)
}

/// What became of one claim.
struct Outcome {
    let claim: String
    let worst: String
    let goal: String
    let isMet: Bool

    /// The line of the last table.
    var line: String { "| \(claim) | \(worst) | \(goal) | \(isMet ? "met" : "missed") |" }

    init(_ claim: String, worst: String, goal: String, isMet: Bool) {
        (self.claim, self.worst, self.goal, self.isMet) = (claim, worst, goal, isMet)
    }

    /// A share that has to be large enough; what chance in so few draws explains is not missed.
    init(_ claim: String, share: Double, of draws: Int, where place: String, atLeast least: Double) {
        let slack = 2 * (least * (1 - least) / Double(max(1, draws))).squareRoot()
        self.init(
            claim, worst: "\(percent(share)) (\(place))", goal: "at least \(percent(least))",
            isMet: share >= least - slack)
    }

    /// A share that has to be small enough.
    init(_ claim: String, share: Double, of draws: Int, where place: String, atMost most: Double) {
        let slack = 2 * (most * (1 - most) / Double(max(1, draws))).squareRoot()
        self.init(
            claim, worst: "\(percent(share)) (\(place))", goal: "at most \(percent(most))", isMet: share <= most + slack
        )
    }
}

/// A share as tables show it.
func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    return "\(Int(tenths) / 10).\(Int(tenths) % 10) %"
}
