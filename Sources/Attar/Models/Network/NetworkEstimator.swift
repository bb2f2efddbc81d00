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
        try specification.allow(Design.options + NetworkTraining.options + ["precision"], positional: true)
        design = try Design(specification)
        try training.set(from: specification)
        precision = Precision(rawValue: specification.text("precision", default: precision.rawValue))
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

    public func validate(for encoder: FeatureEncoder) throws { _ = try design.inputShape(for: encoder) }

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
