/// Ways of making sets of classes, or intervals of values, that hold the truth as often as they promise.
public struct SetMethod: Hashable, Codable, Sendable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    /// A method of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Every class whose probability is high enough: the smallest sets on average. Sadinle, Lei and Wasserman (JASA 2019).
    public static let lac = SetMethod(rawValue: "lac")
    /// Classes from the likeliest on until enough probability is gathered: larger sets for hard rows. Romano, Sesia and Candès (NeurIPS 2020).
    public static let aps = SetMethod(rawValue: "aps")
    /// The same with a penalty on unlikely classes, which keeps sets small. Angelopoulos, Bates, Malik and Jordan (ICLR 2021).
    public static let raps = SetMethod(rawValue: "raps")
    /// `lac` with a threshold for each class, so that rare classes are held as often as common ones. Vovk (2012), "Mondrian".
    public static let lacByClass = SetMethod(rawValue: "lac-by-class")
    /// `aps` with a threshold for each class.
    public static let apsByClass = SetMethod(rawValue: "aps-by-class")
    /// `raps` with a threshold for each class.
    public static let rapsByClass = SetMethod(rawValue: "raps-by-class")
    /// Intervals as wide everywhere: the prediction ± a quantile of the absolute residuals. Lei et al. (JASA 2018).
    public static let residual = SetMethod(rawValue: "residual")
    /// Intervals as wide as a row needs: conformalised quantile regression. Romano, Patterson and Candès (NeurIPS 2019).
    public static let cqr = SetMethod(rawValue: "cqr")
    /// Shares of rows with as high a score or a higher one: p-values, by which alarms are raised. Vovk, Gammerman and Shafer (2005).
    public static let tail = SetMethod(rawValue: "tail")
    /// Nothing is kept.
    public static let none = SetMethod(rawValue: "none")

    /// Methods for classes.
    public static let forClasses = [lac, aps, raps, lacByClass, apsByClass, rapsByClass]
    /// Methods for values.
    public static let forValues = [residual, cqr]
    /// Methods for answers of a form.
    public static func suited(to form: AnswerForm) -> [SetMethod] {
        switch form {
        case .probabilities: forClasses
        case .values: forValues
        }
    }
    /// All methods, and none.
    public static let all = forClasses + forValues + [tail, none]

    private static let byClass = "-by-class"

    /// Whether each class has a threshold of its own.
    public var isByClass: Bool { rawValue.hasSuffix(Self.byClass) }

    /// How rows are scored: the method without its thresholds.
    var scoring: SetMethod { isByClass ? SetMethod(rawValue: String(rawValue.dropLast(Self.byClass.count))) : self }

    public var description: String { rawValue }

    /// The name alone.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension SetMethod {
    /// Refuses a method that makes sets where intervals are needed, or the other way about.
    ///
    /// - Parameter methods: those that suit the task; nil for all of its form of answers.
    /// - Throws: `AttarError` (`invalidSetting`).
    package func check(for task: LearningTask, among methods: [SetMethod]? = nil) throws {
        let suited = methods ?? Self.suited(to: task.form)
        guard suited.contains(self) else {
            throw AttarError(
                .invalidSetting, "sets is \(rawValue), which does not suit a \(task.kind)",
                remedy: "Use \(suited.map(\.rawValue).joined(separator: ", ")) or none")
        }
    }
}
