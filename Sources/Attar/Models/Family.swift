/// A family of models under its name on the command line: how to configure one and how to load one.
///
/// A new family is one folder in `Models/` with its own `Family` constant, and one line in `Family.all`.
public struct Family: Registered {
    /// The name, as in `--student mlp`.
    public var name: String { part.name }
    /// One line for help and `attar inspect`.
    public let summary: String
    /// Makes the estimator that a specification names.
    public let estimator: @Sendable (Specification) throws -> any Estimator
    /// What makes a model of a description, the same as `ModelParts` has it.
    public let part: ModelPart
    /// The layouts of features that it reads.
    public let reads: Set<FeatureReader.Layout>
    /// The specifications of its small sizes, which are tried where no student is named, for rows that are read as given; none where the family does not suit them.
    public let usualSizes: @Sendable (FeatureEncoder) -> [String]

    /// A family made of an estimator and the model that it fits.
    public init<E: Estimator, M: Model>(
        summary: String, estimator: E.Type, model: M.Type, reads: Set<FeatureReader.Layout> = [.flat],
        usualSizes: @escaping @Sendable (FeatureEncoder) -> [String] = { _ in [] }
    ) {
        self.summary = summary
        self.reads = reads
        self.usualSizes = usualSizes
        self.estimator = { try E($0) }
        part = ModelPart(model)
    }

    /// The family as those see it who make its features.
    public var reader: FeatureReader { FeatureReader(name, reads: reads) }

    /// The family of that name.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) with the nearest name where there is none.
    public static func named(_ name: String) throws -> Family {
        if let family = known.first(where: { $0.name == name }) { return family }
        throw AttarError(
            .invalidSetting, "there is no model family '\(name)'",
            remedy: didYouMean(name, among: known.map(\.name)))
    }
}
