internal import Compute

/// Trains a network of some design. Settings of the design and of the training are members alike: `estimator.hidden`,
/// `estimator.epochs`.
///
/// Targets of a regression are standardised for training, and the answers come back in the target's own units. With
/// validation rows, the epoch with the lowest validation loss is kept.
@dynamicMemberLookup
public struct NetworkEstimator<Design: TrainableDesign>: Estimator {
    /// The layers.
    public var design = Design()
    /// How they are trained.
    public var training = Design.training
    /// How the trained network keeps its numbers.
    public var precision = Precision.float32

    /// An estimator with the defaults.
    public init() {}

    public static var family: Family { Design.family }

    /// The estimator that a specification such as `mlp[64,32,dropout=0.1,norm=batch]` names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an option that it does not have or a value that does not parse.
    public init(_ specification: Specification) throws {
        let options = Design.options.map(\.name) + NetworkTraining.options.map(\.name) + [Precision.option.name]
        try specification.allow(options, positional: true)
        design = try Design(specification)
        try training.set(from: specification)
        try Precision.option.read(specification, &precision)
        try validate()
    }

    /// Checks every setting.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the option, its value and its range.
    public func validate() throws {
        try design.validate()
        try training.validate(for: Self.family.name)
        try precision.validate(for: Self.family.name)
    }

    public func validate(for encoder: FeatureEncoder) throws { _ = try design.reading(of: encoder) }

    /// A setting of the design.
    public subscript<Value>(dynamicMember member: WritableKeyPath<Design, Value>) -> Value {
        get { design[keyPath: member] }
        set { design[keyPath: member] = newValue }
    }

    /// A setting of the training.
    public subscript<Value>(dynamicMember member: WritableKeyPath<NetworkTraining, Value>) -> Value {
        get { training[keyPath: member] }
        set { training[keyPath: member] = newValue }
    }
}

extension Precision {
    /// The option that all networks have besides those of their training.
    package static let option = ModelOption<Precision>(
        "precision", \.self, among: Precision.all,
        help: """
            int8: weights and activations of products in bytes, once trained; tables of tokens stay as they are
            """)
}
