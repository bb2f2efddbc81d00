public import Compute

/// A trained dense network.
public struct MLPModel: Model {
    public static var family: Family { .mlp }

    public let task: Task
    public let encoder: FeatureEncoder
    /// Passes over the transfer set after which these weights stood, counted from 1: the best on validation rows, or the last.
    public var bestEpoch: Int { settings.bestEpoch }
    /// Passes that were made in all.
    public var epochs: Int { settings.epochs }
    /// The losses, epoch by epoch; empty for a model that was loaded.
    public let history: [EpochRecord]
    /// Units of each hidden layer.
    public var hidden: [Int] { settings.hidden }

    private let settings: Settings
    private let architecture: MLPArchitecture
    private let network: Network

    /// What the artifact says about the network besides its tensors.
    private struct Settings: Codable {
        var hidden: [Int]
        var activation: ActivationFunction
        var normalization: MLPEstimator.Normalization
        var bestEpoch: Int
        var epochs: Int
    }

    /// A network as the trainer left it, made ready to answer in the target's own units.
    init(
        _ architecture: MLPArchitecture, trained: Network, scaling: TargetScaling, result: TrainingResult, task: Task,
        encoder: FeatureEncoder
    ) throws {
        var weights = trained.folded().weights
        let (weight, bias) = ("\(architecture.outputLayer).weight", "\(architecture.outputLayer).bias")
        (weights[weight], weights[bias]) = scaling.unscaling(weight: weights[weight] ?? [], bias: weights[bias] ?? [])
        self.task = task
        self.encoder = encoder
        self.architecture = architecture
        history = result.history
        settings = Settings(
            hidden: architecture.hidden, activation: architecture.activation,
            normalization: architecture.normalization == .layer ? .layer : .none, bestEpoch: result.bestEpoch,
            epochs: result.history.count)
        network = Network(try architecture.answeringGraph(isClassifier: task.isClassification), weights: weights)
    }

    public init(_ description: ModelDescription, task: Task, encoder: FeatureEncoder) throws {
        let settings = try description.settings.decoded(as: Settings.self)
        guard settings.hidden.allSatisfy({ $0 > 0 }), task.width > 0, encoder.width > 0,
            [.none, .layer].contains(settings.normalization)
        else {
            throw AttarError(
                .malformedArtifact, "the layers of the mlp model have no units, or a normalisation unknown here")
        }
        let architecture = MLPArchitecture(
            inputs: encoder.width, hidden: settings.hidden, outputs: task.width, activation: settings.activation,
            normalization: settings.normalization)
        // The tensors come first: only shapes that the file really fills are multiplied and built.
        var weights: [String: [Float]] = [:]
        for (name, shape) in architecture.tensors { weights[name] = try description.floats(name, shape: shape) }
        self.task = task
        self.encoder = encoder
        self.settings = settings
        self.architecture = architecture
        history = []
        network = Network(try architecture.answeringGraph(isClassifier: task.isClassification), weights: weights)
    }

    public var description: ModelDescription {
        var tensors: [String: Tensor] = [:]
        for (name, shape) in architecture.tensors { tensors[name] = Tensor(network.weights[name] ?? [], shape: shape) }
        // These settings hold nothing that JSON cannot write.
        let json = (try? JSONValue(encoding: settings)) ?? .null
        return ModelDescription(family: Self.family.name, settings: json, tensors: tensors)
    }

    public func outputs(for features: Matrix) -> Outputs {
        Outputs(task.isClassification ? .probabilities : .values, network.outputs(for: features))
    }

    public func session() -> any PredictionSession {
        NetworkSession(network)
    }
}

/// Asks a network for one row at a time in buffers that were laid out once.
private final class NetworkSession: PredictionSession {
    private let session: InferenceSession

    init(_ network: Network) { session = InferenceSession(network) }

    func predict(_ features: Span<Float>, into outputs: inout MutableSpan<Float>) {
        session.run(features, into: &outputs)
    }
}
