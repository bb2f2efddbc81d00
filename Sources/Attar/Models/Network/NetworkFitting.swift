internal import Compute

/// An estimator of networks, whatever their design.
protocol NetworkFitting: ListsOptions {
    /// The network's hidden part, as messages name it.
    var name: String { get }
    /// How it is trained.
    var training: NetworkTraining { get }
    /// The graph from encoded rows to logits or values.
    func graph(for encoder: FeatureEncoder, outputs: Int, isTraining: Bool) throws -> Graph
}

extension NetworkEstimator: NetworkFitting {
    var name: String { design.name }

    package var optionsInWords: [String] { Design.options.map { $0.inWords(of: Design()) } }

    func graph(for encoder: FeatureEncoder, outputs: Int, isTraining: Bool) throws -> Graph {
        try design.graph(for: encoder, outputs: outputs, isTraining: isTraining).graph
    }
}
