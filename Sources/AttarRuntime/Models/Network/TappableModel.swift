public import Compute

/// A model that is one network, whose hidden tensors can be read by name.
public protocol TappableModel: Model {
    /// The network as it was trained, before operations are fused.
    var network: Network { get }
}

/// A hidden tensor of a network: a result between the encoded row and the outputs.
public struct HiddenTensor: Hashable, Codable, Sendable {
    /// Its name, for example "activation0" or "stage1.block0".
    public let name: String
    /// The lengths of a row's dimensions.
    public let shape: [Int]
}

extension TappableModel {
    /// The hidden tensors, in the order in which they are computed.
    public var hiddenTensors: [HiddenTensor] { network.graph.hiddenTensors }

    /// A hidden tensor's values for some rows.
    ///
    /// - Parameters:
    ///   - name: one of `hiddenTensors`.
    ///   - features: the encoded rows, (rows, encoder.width).
    /// - Returns: (rows, elements of the tensor's row).
    /// - Throws: `AttarError` (`invalidSetting`) for a tensor that there is not.
    public func values(of name: String, for features: Matrix) throws -> Matrix {
        var graph = network.graph
        guard let tensor = graph.hidden.first(where: { graph[$0].name == name }) else {
            throw AttarError(
                .invalidSetting, "the network has no hidden tensor '\(name)'",
                remedy: didYouMean(name, among: hiddenTensors.map(\.name)))
        }
        graph.taps = [tensor]
        return Network(graph, weights: network.weights).taps(for: features)[0]
    }
}

extension Graph {
    /// The hidden tensors by name and shape.
    package var hiddenTensors: [HiddenTensor] {
        hidden.map { HiddenTensor(name: self[$0].name, shape: self[$0].shape.dimensions) }
    }
}
