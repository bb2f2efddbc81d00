public import Compute

/// The mean of its members' answers, each member's probabilities calibrated by a temperature of its own. Of members that each have a unit of their own, as those do that say
/// how strange rows are, it is the mean of ranks among the rows that they learned from.
public struct EnsembleModel: ComposedModel {
    public static let familyName = "ensemble"

    /// One model, and how its answers are made comparable with others'.
    package struct Member: Sendable {
        package let model: any Model
        /// The temperature of its probabilities.
        package let scaling: TemperatureScaling
        /// What its answers are ranked among; nil where they count as they are.
        package let ranks: TailShares?

        package init(model: any Model, scaling: TemperatureScaling = .identity, ranks: TailShares? = nil) {
            (self.model, self.scaling, self.ranks) = (model, scaling, ranks)
        }

        /// Makes answers comparable with others'.
        func settle(_ answers: inout MutableSpan<Float>) {
            if let ranks {
                for index in answers.indices { answers[index] = Float(ranks.rank(of: answers[index])) }
            }
        }
    }

    public let task: LearningTask
    public let encoder: FeatureEncoder
    package let members: [Member]

    package init(task: LearningTask, encoder: FeatureEncoder, members: [Member]) {
        precondition(!members.isEmpty, "an ensemble has members")
        self.task = task
        self.encoder = encoder
        self.members = members
    }

    /// The members, in order.
    public var models: [any Model] { members.map(\.model) }

    /// The members' temperatures, in order; 1 for regression.
    public var temperatures: [Double] { members.map(\.scaling.temperature) }

    public func outputs(for features: Matrix) -> Answers {
        let count = features.rows * task.width
        var sum = [Float](repeating: 0, count: count)
        let share = 1 / Float(members.count)
        for member in members {
            var answers = member.scaling.calibrated(member.model.outputs(for: features).matrix).elements
            var places = answers.mutableSpan
            member.settle(&places)
            for index in 0..<count { sum[index] += share * answers[index] }
        }
        return Answers(Matrix(rows: features.rows, columns: task.width, elements: sum), to: task)
    }

    public var notes: [String] { models.flatMap(\.notes) }

    public func session() -> any PredictionSession {
        EnsembleSession(self)
    }

    /// Each member's description, its tensors under "0.", "1.", … and its settings in a list.
    public var description: ModelDescription {
        var tensors: [String: Tensor] = [:]
        var settings: [JSONValue] = []
        for (index, member) in members.enumerated() {
            let description = member.model.description
            settings.append(
                .object([
                    "family": .string(description.family), "settings": description.settings,
                    "temperature": .number(member.scaling.temperature),
                ]))
            for (name, tensor) in description.tensors { tensors["\(index).\(name)"] = tensor }
            if let scores = member.ranks?.scores {
                tensors["\(index).\(Self.ranks)"] = Tensor(scores, shape: [scores.count])
            }
        }
        return ModelDescription(
            family: Self.familyName, settings: .object(["members": .array(settings)]), tensors: tensors)
    }

    /// The tensor of the scores that a member's answers are ranked among.
    private static let ranks = "ensemble.ranks"

    /// The mean of the members that a description lists.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a member does not fit, or its family is not among the parts.
    public init(
        _ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder, parts: ModelParts
    ) throws {
        guard case .array(let settings)? = description.settings["members"], !settings.isEmpty else {
            throw AttarError(.malformedArtifact, "the ensemble lists no members")
        }
        self.init(
            task: task, encoder: encoder,
            members: try settings.enumerated().map { index, setting in
                guard case .string(let name)? = setting["family"],
                    case .number(let temperature)? = setting["temperature"],
                    temperature > 0, temperature.isFinite,
                    parts.names.contains(name)
                else {
                    throw AttarError(.malformedArtifact, "member \(index) of the ensemble cannot be read")
                }
                let prefix = "\(index)."
                var member = ModelDescription(family: name, settings: setting["settings"] ?? .object([:]))
                for (name, tensor) in description.tensors where name.hasPrefix(prefix) {
                    member.tensors[String(name.dropFirst(prefix.count))] = tensor
                }
                var ranks: TailShares?
                if member.tensors[Self.ranks] != nil {
                    let scores = try member.floats(Self.ranks, shape: [nil])
                    guard !scores.isEmpty, scores.allSatisfy(\.isFinite) else {
                        throw AttarError(.malformedArtifact, "the ranks of member \(index) cannot be read")
                    }
                    ranks = TailShares(scores)
                }
                return Member(
                    model: try parts.model(member, task: task, encoder: encoder),
                    scaling: TemperatureScaling(temperature: temperature), ranks: ranks)
            })
    }
}

/// Asks the members' sessions one after the other, in room of its own.
private final class EnsembleSession: PredictionSession {
    private let sessions: [any PredictionSession]
    private let members: [EnsembleModel.Member]
    private var room: [Float]

    init(_ model: EnsembleModel) {
        sessions = model.members.map { $0.model.session() }
        members = model.members
        room = [Float](repeating: 0, count: model.task.width)
    }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        // Out of the object for the call, so that the member writes to it without a copy.
        var answer: [Float] = []
        swap(&answer, &room)
        let share = 1 / Float(sessions.count)
        for index in outputs.indices { outputs[index] = 0 }
        for (session, member) in zip(sessions, members) {
            var place = answer.mutableSpan
            session.predict(features, into: &place)
            member.scaling.calibrate(&place, at: 0, width: place.count)
            member.settle(&place)
            for index in outputs.indices { outputs[index] += share * place[index] }
        }
        swap(&answer, &room)
    }
}
