/// One way of adding to what the student learns from. Open, so that strategies can be added.
public struct TransferStrategy: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// A strategy of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The labels alone, no teacher: what every other strategy has to beat.
    public static let labelsOnly = TransferStrategy(rawValue: "labels")
    /// The teacher's answers on the training rows, blended with their labels. Every strategy below starts from it.
    public static let teacher = TransferStrategy(rawValue: "teacher")
    /// Rows made by MUNGE (Bucilă, Caruana and Niculescu-Mizil, KDD 2006, section 3).
    public static let munge = TransferStrategy(rawValue: "munge")
    /// Rows with some cells drawn from their column's marginal, and noise.
    public static let spunge = TransferStrategy(rawValue: "spunge")
    /// Rows on the line between two training rows (Zhang et al., ICLR 2018), labelled by the teacher.
    public static let mixup = TransferStrategy(rawValue: "mixup")
    /// Training rows with noise on their features.
    public static let noise = TransferStrategy(rawValue: "noise")
    /// Rows that were given without labels.
    public static let unlabeled = TransferStrategy(rawValue: "unlabeled")

    /// All of them, in the order in which they are tried.
    public static let all: [TransferStrategy] = [labelsOnly, teacher, munge, spunge, mixup, noise, unlabeled]

    /// Whether the strategy makes up rows, so that the teacher must be able to answer rows that it has not seen.
    var synthesises: Bool { [.munge, .spunge, .mixup, .noise].contains(self) }
}

/// The strategies of one transfer set, and how many rows they make.
public struct TransferPlan: Hashable, Codable, Sendable, CustomStringConvertible {
    /// What is combined; `labelsOnly` stands alone.
    public let strategies: [TransferStrategy]
    /// Synthesised rows a training row, for each strategy that makes rows.
    public let synthesised: Double

    /// A plan of the given strategies.
    public init(_ strategies: [TransferStrategy], synthesised: Double = 10) {
        self.strategies = strategies
        self.synthesised = synthesised
    }

    /// Labels alone.
    public static let labelsOnly = TransferPlan([.labelsOnly])

    /// Whether the student learns from labels alone.
    public var isLabelsOnly: Bool { strategies == [.labelsOnly] }

    /// As written in a recipe: `munge+noise`.
    public var description: String { strategies.map(\.rawValue).joined(separator: "+") }

    /// The plan that a recipe's `strategy` names; nil for `auto`.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown strategy, or labels combined with another.
    public static func parsed(_ text: String, synthesised: Double) throws -> TransferPlan? {
        if text == "auto" { return nil }
        let names = text.split(whereSeparator: { $0 == "+" || $0 == "," }).map {
            String($0.filter { !$0.isWhitespace })
        }
        let strategies = try names.map { name in
            let strategy = TransferStrategy(rawValue: name)
            guard TransferStrategy.all.contains(strategy) else {
                throw AttarError(
                    .invalidSetting, "there is no transfer strategy '\(name)'",
                    remedy: didYouMean(name, among: ["auto"] + TransferStrategy.all.map(\.rawValue)))
            }
            return strategy
        }
        guard !strategies.isEmpty else {
            throw AttarError(.invalidSetting, "the transfer strategy is empty", remedy: "Write auto")
        }
        guard strategies.count == 1 || !strategies.contains(.labelsOnly) else {
            throw AttarError(
                .invalidSetting, "'\(text)' combines labels with other strategies",
                remedy: "The others keep the labels already: leave out 'labels'")
        }
        return TransferPlan(strategies, synthesised: synthesised)
    }
}
