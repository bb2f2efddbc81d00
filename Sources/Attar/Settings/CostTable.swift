/// What wrong answers cost, class by class; those that are not named cost 1, right ones nothing. Part of a recipe, under `costs`: for each right class the cost of each
/// answer, as in `{"fraud": {"ok": 50}}`.
public struct CostTable: Hashable, Sendable {
    /// By the right class, then by the class that is answered.
    public private(set) var costs: [String: [String: Double]]

    /// The given costs.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a cost that is below 0 or no number, and for one of right answers.
    public init(_ costs: [String: [String: Double]]) throws {
        self.costs = costs
        for (right, answers) in costs {
            for (answer, cost) in answers {
                guard right != answer else {
                    throw AttarError(
                        .invalidSetting, "costs say what it costs to answer '\(right)' where that is right",
                        remedy: "Leave that out: right answers cost nothing")
                }
                guard cost >= 0, cost.isFinite else {
                    throw AttarError(
                        .invalidSetting, "the cost of '\(answer)' where '\(right)' is right is \(cost)",
                        remedy: "Give 0 or more")
                }
            }
        }
    }

    /// Costs as a flag has them: `fraud>ok=50,ok>fraud=1`.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a part that is not of this form, or given twice.
    public init(parsing text: String) throws {
        var costs: [String: [String: Double]] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: ">", maxSplits: 1).map { $0.trimmingBlanks() }
            let last = sides.count == 2 ? sides[1].lastIndex(of: "=") : nil
            guard let last, let cost = Double(sides[1][sides[1].index(after: last)...].trimmingBlanks()) else {
                throw AttarError(
                    .invalidSetting, "'\(part.trimmingBlanks())' in costs is not RIGHT>ANSWER=COST",
                    remedy: "Write for example 'fraud>ok=50,ok>fraud=1'")
            }
            let answer = sides[1][..<last].trimmingBlanks()
            guard costs[sides[0], default: [:]].updateValue(cost, forKey: answer) == nil else {
                throw AttarError(
                    .invalidSetting, "costs give '\(answer)' where '\(sides[0])' is right twice", remedy: "Give it once"
                )
            }
        }
        try self.init(costs)
    }

    /// The rule of answers that follows.
    ///
    /// - Parameter classes: all, in order.
    /// - Throws: `AttarError` (`invalidSetting`) for a class that there is not, and where nothing costs anything.
    public func rule(for classes: [String]) throws -> AnswerRule {
        for name in costs.keys.sorted() + costs.values.flatMap(\.keys).sorted() where !classes.contains(name) {
            throw AttarError(
                .invalidSetting, "costs name the class '\(name)', which the target does not have",
                remedy: didYouMean(name, among: classes))
        }
        let rule = try AnswerRule(
            costs: classes.map { right in
                classes.map { $0 == right ? 0 : costs[right]?[$0] ?? 1 }
            })
        guard rule.table.contains(where: { $0.contains { $0 > 0 } }) else {
            throw AttarError(.invalidSetting, "costs say that wrong answers cost nothing", remedy: "Give one above 0")
        }
        return rule
    }
}

extension CostTable: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode([String: [String: Double]].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(costs)
    }
}

extension CostTable: SettingValue {
    package init(given texts: [String], flag: String) throws { try self.init(parsing: texts.last ?? "") }
}
