public import Compute

/// The shape of a family of networks: what stands between the encoded row and the outputs. Everything else (saving, answering) is the same for all
/// of them.
public protocol NetworkDesign: Hashable, Codable, Sendable {
    /// The family's name, as artifacts have it: "mlp".
    static var familyName: String { get }

    /// The default design.
    init()

    /// Refuses settings out of their range.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the option, its value and its range.
    func validate() throws

    /// The network's hidden part, as messages name it: "mlp[64,32]".
    var name: String { get }

    /// Whether the network reads any numbers side by side; where rows have texts as ids beside other columns, each text then becomes numbers in a branch of its own
    /// before its first layer.
    static var readsVectors: Bool { get }

    /// The shape in which the network reads an encoded row.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where rows of this kind are not what it is for.
    func inputShape(for encoder: FeatureEncoder) throws -> Shape

    /// Adds the hidden layers and the output layer, which gives logits or values without an activation.
    ///
    /// - Parameters:
    ///   - input: of the shape that `inputShape(for:)` gave; where rows are sequences of tokens, `graph[input].vocabulary` tells how many there are.
    ///   - outputs: width of the output layer.
    ///   - isTraining: whether layers that matter in training alone, such as dropout, are wanted.
    /// - Returns: the name of the output layer, a `Dense`; its tensors are NAME.weight and NAME.bias.
    func build(
        _ graph: inout Graph, from input: Graph.Tensor, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String
}

extension NetworkDesign {
    /// Most networks are for rows of one kind.
    public static var readsVectors: Bool { false }

    /// The graph from encoded rows to logits or values, and the name of its output layer.
    ///
    /// - Throws: `AttarError`: `schemaMismatch` for rows that the network is not for, `invalidSetting` where its layers do not fit
    ///   them.
    package func graph(for encoder: FeatureEncoder, outputs: Int, isTraining: Bool) throws -> (
        graph: Graph, output: String
    ) {
        var graph = Graph()
        do {
            let reading = try reading(of: encoder)
            guard case .whole(let shape) = reading else {
                let output = try joined(
                    &graph, of: encoder, reading: reading, outputs: outputs, isTraining: isTraining)
                return (graph, output)
            }
            let input = graph.input(of: encoder, shape: shape)
            let output = try build(&graph, from: input, outputs: outputs, isTraining: isTraining)
            return (graph, output)
        } catch let error as ShapeError {
            throw AttarError(
                .invalidSetting, "\(name) does not fit these rows: \(error)",
                remedy: "Take fewer or smaller layers, or larger pictures")
        }
    }

    /// Checks one setting.
    static func require(_ holds: Bool, _ option: String, _ value: Any, _ range: String) throws {
        if !holds {
            throw AttarError(
                .invalidSetting, "\(familyName)'s \(option) is \(value)", remedy: "Give \(range)")
        }
    }
}

/// Refuses a name that is none of those known.
package func requireKnown(_ name: String, among known: [String], _ option: String, of family: String) throws {
    if !known.contains(name) {
        throw AttarError(
            .invalidSetting, "\(family) has no \(option) '\(name)'", remedy: didYouMean(name, among: known))
    }
}

/// What stands between a hidden layer and its activation. More may be added.
public struct Normalization: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// A normalisation of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Nothing.
    public static let none = Normalization(rawValue: "none")
    /// Batch normalisation; after training it is part of the weights.
    public static let batch = Normalization(rawValue: "batch")
    /// Layer normalisation.
    public static let layer = Normalization(rawValue: "layer")
}
