/// A family of models as an artifact needs it: its name, and what makes a model of a description.
public struct ModelPart: Sendable {
    /// The family's name, as artifacts have it.
    public let name: String
    /// Makes the model that a description describes, whose own parts, where it has some, are among the given ones.
    private let make: @Sendable (ModelDescription, LearningTask, FeatureEncoder, ModelParts) throws -> any Model

    /// The family of a type of models.
    public init(_ type: (some Model).Type) {
        func composed(_ type: (some ComposedModel).Type) -> ModelPart {
            ModelPart(name: type.familyName) { try type.init($0, task: $1, encoder: $2, parts: $3) }
        }
        if let composite = type as? any ComposedModel.Type {
            self = composed(composite)
        } else {
            self.init(name: type.familyName) { description, task, encoder, _ in
                try type.init(description, task: task, encoder: encoder)
            }
        }
    }

    private init(
        name: String,
        make: @escaping @Sendable (ModelDescription, LearningTask, FeatureEncoder, ModelParts) throws -> any Model
    ) {
        (self.name, self.make) = (name, make)
    }

    /// The model that a description describes.
    ///
    /// - Parameter parts: the families of the models that it may be made of.
    /// - Throws: `AttarError` (`malformedArtifact`) where the description does not fit the family.
    public func model(
        _ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder,
        madeOf parts: ModelParts = .standard
    ) throws -> any Model {
        try make(description, task, encoder, parts)
    }
}

/// The families whose models can be loaded. Attar's own are `standard`; `adding` takes in others.
public struct ModelParts: Sendable {
    /// The families in the order in which they were added.
    public private(set) var parts: [ModelPart] = []

    /// No families.
    public init() {}

    /// Every family that Attar comes with.
    public static let standard: ModelParts = {
        var standard = ModelParts()
        standard.parts = [
            ModelPart(LinearModel.self), ModelPart(TreeModel.self), ModelPart(ForestModel.self),
            ModelPart(BoostModel.self), ModelPart(SVMModel.self), ModelPart(NetworkModel<MLPDesign>.self),
            ModelPart(NetworkModel<CNNDesign>.self), ModelPart(NetworkModel<ResNetDesign>.self),
            ModelPart(NetworkModel<EmbeddingBagDesign>.self), ModelPart(NetworkModel<TextCNNDesign>.self),
            ModelPart(NetworkModel<GRUDesign>.self), ModelPart(NetworkModel<TransformerDesign>.self),
            ModelPart(EnsembleModel.self), ModelPart(StaticModel.self), ModelPart(KMeansModel.self),
            ModelPart(MixtureModel.self), ModelPart(IsolationForestModel.self),
            ModelPart(NeighboursModel.self), ModelPart(LocalOutlierModel.self),
        ]
        return standard
    }()

    /// These families and another.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where there is one of that name already.
    public func adding(_ part: ModelPart) throws -> ModelParts {
        guard !names.contains(part.name) else {
            throw AttarError(
                .invalidSetting, "there are two model families called '\(part.name)'",
                remedy: "Give the added one another name")
        }
        var all = self
        all.parts.append(part)
        return all
    }

    /// These families and that of a type of models.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where there is one of that name already.
    public func adding(_ type: (some Model).Type) throws -> ModelParts { try adding(ModelPart(type)) }

    /// The families' names.
    public var names: [String] { parts.map(\.name) }

    /// The model that a description describes.
    ///
    /// - Throws: `AttarError`: `invalidSetting` where there is no such family, `malformedArtifact` where the description does not fit it.
    public func model(
        _ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder
    ) throws -> any Model {
        guard let part = parts.first(where: { $0.name == description.family }) else {
            throw AttarError(
                .invalidSetting, "there is no model family '\(description.family)'",
                remedy: didYouMean(description.family, among: names))
        }
        return try part.model(description, task: task, encoder: encoder, madeOf: self)
    }
}

/// A model that is made of others, whose families are looked up where it is loaded.
public protocol ComposedModel: Model {
    /// The model that a description describes, made of models of the given families.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where the description does not fit, or a family is not among them.
    init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder, parts: ModelParts) throws
}

extension ComposedModel {
    /// The model that a description describes, made of models of the families that Attar comes with.
    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        try self.init(description, task: task, encoder: encoder, parts: .standard)
    }
}
