/// What a user asks of a student, as in `accuracy >= teacher - 0.01, ece <= 0.03`: clauses that all have to hold.
///
/// A clause compares a metric with a number, or with the same metric of `teacher` or `labelsOnly` plus or minus a number; `.low` and `.high` behind
/// a metric stand for the ends of its 95 % interval; numbers may end in `%`. The words `helped`, `ship` and `guard` are clauses, too: the verdict is
/// that distilling helped, the decision is to ship, or to ship at least with a guard.
public struct Requirement: Hashable, Sendable {
    /// One clause.
    struct Clause: Hashable, Sendable {
        /// As it was written.
        let text: String
        let condition: Condition
    }

    /// What a clause asks for.
    enum Condition: Hashable, Sendable {
        case helped, ship, guarded
        case comparison(Figure, Comparison, base: Base?, offset: Double)
    }

    /// A metric, or an end of its interval.
    struct Figure: Hashable, Sendable {
        enum Part: String, Hashable, Sendable { case value, low, high }
        /// As it was written.
        let name: String
        /// Those that are called so; a task has one of them at most.
        let metrics: [Metric]
        let part: Part

        /// The one that a task has.
        func metric(of task: TaskKind) -> Metric? { metrics.first(where: task.metrics.all.contains) }
    }

    enum Comparison: String, Hashable, Sendable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"

        func holds(_ left: Double, _ right: Double) -> Bool {
            // Figures are shares of rows; a rounding error decides nothing.
            let slack = 1e-9 * max(1, abs(right))
            return switch self {
            case .atLeast: left >= right - slack
            case .atMost: left <= right + slack
            case .above: left > right + slack
            case .below: left < right - slack
            }
        }
    }

    /// Whose figure a clause compares with.
    enum Base: String, Hashable, Sendable { case teacher, labelsOnly }

    /// As it was written.
    public let text: String
    let clauses: [Clause]

    private static let words: [String: Condition] = ["helped": .helped, "ship": .ship, "guard": .guarded]

    /// Parses clauses, which commas or the word `and` part.
    ///
    /// - Parameter metrics: those that there are.
    /// - Throws: `AttarError` (`invalidSetting`) naming the clause and what can be written.
    public init(_ text: String, metrics: Registry<Metric> = Catalogue.standard.metrics) throws {
        self.text = text
        let parts = text.split(whereSeparator: { $0 == "," || $0 == ";" }).flatMap { part in
            part.split(separator: " ").split(separator: "and").map { $0.joined(separator: " ") }
        }
        guard !parts.isEmpty else {
            throw AttarError(
                .invalidSetting, "the requirement is empty",
                remedy: "Write, for example, \"accuracy >= teacher - 0.01, ece <= 0.03\"")
        }
        clauses = try parts.map { Clause(text: $0, condition: try Self.condition($0, metrics)) }
    }

    /// Whether a text is meant as a requirement: a known word, or something with a comparison in it.
    public static func isMeant(by text: String) -> Bool {
        words[text.filter { !$0.isWhitespace }] != nil || text.contains { "<>,".contains($0) }
    }

    private static func condition(_ text: String, _ metrics: Registry<Metric>) throws -> Condition {
        let plain = text.filter { !$0.isWhitespace }
        if let condition = words[plain] { return condition }
        guard let sign = Comparison.allCases.first(where: { plain.contains($0.rawValue) }),
            let place = plain.firstRange(of: sign.rawValue)
        else {
            throw AttarError(
                .invalidSetting, "the requirement '\(text)' compares nothing",
                remedy: "Write, for example, accuracy >= 0.97, or one of helped, ship, guard")
        }
        let figure = try figure(String(plain[..<place.lowerBound]), in: text, metrics)
        var right = String(plain[place.upperBound...])
        var base: Base?
        for candidate in [Base.teacher, .labelsOnly] where right.hasPrefix(candidate.rawValue) {
            base = candidate
            right = String(right.dropFirst(candidate.rawValue.count))
        }
        if base != nil, right.isEmpty { return .comparison(figure, sign, base: base, offset: 0) }
        let isShare = right.hasSuffix("%")
        let isSigned = right.hasPrefix("+") || right.hasPrefix("-")
        guard base == nil || isSigned, let number = Double(isShare ? String(right.dropLast()) : right), number.isFinite
        else {
            throw AttarError(
                .invalidSetting, "the requirement '\(text)' has '\(right)' where a number belongs",
                remedy: "Write a number, such as 0.97 or 97%, or teacher - 0.01")
        }
        return .comparison(figure, sign, base: base, offset: isShare ? number / 100 : number)
    }

    private static func figure(_ name: String, in text: String, _ metrics: Registry<Metric>) throws -> Figure {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let called = metrics.called(parts[0])
        let part = parts.count == 1 ? .value : parts.count == 2 ? Figure.Part(rawValue: parts[1]) : nil
        guard !called.isEmpty, let part else {
            throw AttarError(
                .invalidSetting, "the requirement '\(text)' asks for '\(name)', which is no metric",
                remedy: didYouMean(parts[0], among: metrics.names + metrics.members.flatMap(\.aliases).sorted()))
        }
        return Figure(name: parts[0], metrics: called, part: part)
    }
}
