/// The graph that a network has once it is quantised, which follows from its graph alone, so that a file need not hold it.
public struct QuantizedForm: Sendable {
    /// The quantised graph.
    public let graph: Graph
    private let contents: [String: GraphQuantizer.Content]

    /// The form of networks of the given graph.
    public init(of graph: Graph) {
        let values = (graph.parameters + graph.states).map {
            (graph[$0].name, [Float](repeating: 0, count: graph[$0].shape.count))
        }
        // Folding gives layers a bias where they have none; what the numbers are does not matter here.
        let folded = Network(graph, weights: Dictionary(uniqueKeysWithValues: values)).folded()
        let quantizer = GraphQuantizer(folded.graph.fused())
        (self.graph, contents) = (quantizer.graph, quantizer.contents)
    }

    /// The first tensor with a number that it cannot hold: a scale that is not above 0, a zero that is no byte, a weight that is not a
    /// whole number from −127 to 127; nil where all is well.
    public func firstFault(in weights: [String: [Float]]) -> String? {
        contents.keys.sorted().first { name in
            guard let content = contents[name], let values = weights[name] else { return false }
            switch content {
            case .copy: return false
            case .wholeNumbers: return !values.allSatisfy { abs($0) <= 127 && $0 == $0.rounded() }
            case .scales: return !values.allSatisfy { $0 > 0 && $0.isFinite }
            case .form:
                let (scale, zero) = (values[0], values[1])
                return !(scale > 0 && scale.isFinite && zero >= 0 && zero <= 255 && zero == zero.rounded())
            }
        }
    }
}
