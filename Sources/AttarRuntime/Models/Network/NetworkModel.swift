public import Compute

/// A trained network of some design.
public struct NetworkModel<Design: NetworkDesign>: TappableModel {
    public static var familyName: String { Design.familyName }

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// The layers.
    public var design: Design { settings.design }
    /// Passes over the transfer set after which these weights stood, counted from 1: the best on validation rows, or the last.
    public var bestEpoch: Int { settings.bestEpoch }
    /// Passes that were made in all.
    public var epochs: Int { settings.epochs }
    /// How the network in bytes compares with the one in floats; nil for a network in floats.
    public var quantization: QuantizationRecord? { settings.quantization }
    /// How the network keeps its numbers.
    public var precision: Precision { settings.quantization == nil ? .float32 : .int8 }
    /// The losses, epoch by epoch; empty for a model that was loaded.
    public let history: [EpochRecord]

    /// The network with the names and shapes of the file's tensors: as trained, without what training alone needs, or quantised.
    public var network: Network { trained }

    package let settings: Settings
    package let trained: Network
    /// With fewer operations, and a softmax at the end of classifiers.
    private let answering: Network

    /// What the artifact says about the network besides its tensors: the design's settings and these.
    package struct Settings: Codable {
        package var design: Design
        package var bestEpoch: Int
        package var epochs: Int
        /// Nil for a network in floats.
        package var quantization: QuantizationRecord?

        private enum CodingKeys: String, CodingKey {
            case bestEpoch, epochs, precision, quantization
        }

        package init(design: Design, bestEpoch: Int, epochs: Int) {
            (self.design, self.bestEpoch, self.epochs) = (design, bestEpoch, epochs)
        }

        package init(from decoder: any Decoder) throws {
            design = try Design(from: decoder)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            bestEpoch = try container.decode(Int.self, forKey: .bestEpoch)
            epochs = try container.decode(Int.self, forKey: .epochs)
            quantization = try container.decodeIfPresent(QuantizationRecord.self, forKey: .quantization)
            let precision = try container.decodeIfPresent(Precision.self, forKey: .precision) ?? .float32
            guard precision == (quantization == nil ? .float32 : .int8) else {
                throw AttarError(.malformedArtifact, "the network's precision '\(precision.rawValue)' is not known")
            }
        }

        package func encode(to encoder: any Encoder) throws {
            try design.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(bestEpoch, forKey: .bestEpoch)
            try container.encode(epochs, forKey: .epochs)
            if let quantization {
                try container.encode(Precision.int8, forKey: .precision)
                try container.encode(quantization, forKey: .quantization)
            }
        }
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let settings = try description.settings.decoded(as: Settings.self)
        let graph: Graph
        do {
            try settings.design.validate()
            guard task.width > 0, encoder.width > 0 else {
                throw AttarError(.malformedArtifact, "the network reads or gives nothing")
            }
            graph = try settings.design.graph(for: encoder, outputs: task.width, isTraining: false).graph
        } catch let error as AttarError {
            throw AttarError(.malformedArtifact, "the \(Self.familyName) model is damaged: \(error.problem)")
        }
        // Shapes follow from the design; the tensors must have them before anything is laid out in memory.
        let network =
            settings.quantization == nil
            ? Network(graph, weights: try description.weights(of: graph)) : try description.quantizedNetwork(graph)
        try self.init(settings, network, history: [], task: task, encoder: encoder)
    }

    package init(
        _ settings: Settings, _ trained: Network, history: [EpochRecord], task: LearningTask, encoder: FeatureEncoder
    ) throws {
        self.settings = settings
        self.trained = trained
        self.history = history
        self.task = task
        self.encoder = encoder
        var answering = settings.quantization == nil ? trained.folded() : trained
        if task.form == .probabilities {
            var graph = answering.graph
            if let logits = graph.output { _ = try graph.append(Softmax(), named: "probabilities", to: logits) }
            answering = Network(graph, weights: answering.weights)
        }
        self.answering = answering
    }

    public var description: ModelDescription {
        var tensors: [String: Tensor] = [:]
        for tensor in trained.graph.parameters + trained.graph.states {
            let entry = trained.graph[tensor]
            let (values, shape) = (trained.weights[entry.name] ?? [], entry.shape.dimensions)
            tensors[entry.name] =
                entry.type == .int8 ? Tensor(values.map { Int8($0) }, shape: shape) : Tensor(values, shape: shape)
        }
        // These settings hold nothing that JSON cannot write.
        let json = (try? JSONValue(encoding: settings)) ?? .null
        return ModelDescription(family: Self.familyName, settings: json, tensors: tensors)
    }

    public var notes: [String] { quantization.map { [$0.sentence(for: task)] } ?? [] }

    public func outputs(for features: Matrix) -> Answers {
        Answers(answering.outputs(for: features), to: task)
    }

    public func session() -> any PredictionSession {
        NetworkSession(answering)
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
