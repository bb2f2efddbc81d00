public import Compute

/// A classifier that answers by a rule, and not always the likeliest class; its probabilities stay the same.
///
/// In its artifact it is the model below, with the rule beside it.
public struct DecidedModel<Base: Model>: Model {
    public static var familyName: String { Base.familyName }

    /// The model below.
    public let base: Base
    /// Which class is answered.
    public let rule: AnswerRule

    /// A classifier with a rule.
    ///
    /// - Precondition: the model answers with as many classes.
    public init(_ base: Base, rule: AnswerRule) {
        precondition(base.task.form == .probabilities && base.task.width == rule.table.count, "a cost for each class")
        (self.base, self.rule) = (base, rule)
    }

    /// A model is read without its rule, with equal costs; who reads the file adds it.
    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        self.init(try Base(description, task: task, encoder: encoder), rule: try Self.equal(task.width))
    }

    private static func equal(_ classes: Int) throws -> AnswerRule {
        try AnswerRule(costs: (0..<classes).map { right in (0..<classes).map { $0 == right ? 0 : 1 } })
    }

    public var task: LearningTask { base.task }
    public var encoder: FeatureEncoder { base.encoder }
    public var notes: [String] { base.notes }
    /// That of the model below: the rule is no part of it.
    public var description: ModelDescription { base.description }
    public var uncalibrated: any Model { base.uncalibrated }
    public var calibration: TemperatureScaling? { base.calibration }
    public var answerRule: AnswerRule? { rule }

    public func outputs(for features: Matrix) -> Answers { base.outputs(for: features) }
    public func logits(for features: Matrix) -> Matrix? { base.logits(for: features) }
    public func session() -> any PredictionSession { base.session() }
}

extension Model {
    /// Which class is answered; nil for the likeliest.
    public var answerRule: AnswerRule? { nil }

    /// The same model, answering by a rule; itself without one.
    package func decided(by rule: AnswerRule?) -> any Model {
        rule.map { DecidedModel(self, rule: $0) } ?? self
    }
}
