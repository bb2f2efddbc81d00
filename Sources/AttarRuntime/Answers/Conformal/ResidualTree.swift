/// A tree of the features whose leaves hold quantiles of the residuals there: how far off a regression is, and to which side, row by row.
///
/// One tree of a quantile regression forest (Meinshausen, JMLR 2006). It is grown on residuals and their sizes, best first, from rows that the
/// model which answered them had not learned from.
package struct ResidualTree: Hashable, Sendable {
    /// The shares of residuals below each of a leaf's numbers.
    package static let levels = [0.005, 0.025, 0.05, 0.1, 0.25, 0.75, 0.9, 0.95, 0.975, 0.995]
    /// The coverages that pairs of levels frame, from the inside out.
    package static let coverages = [0.5, 0.8, 0.9, 0.95, 0.99]

    private let tensors: [String: Tensor]
    private let nodes: TreeNodes

    package static func == (left: Self, right: Self) -> Bool { left.tensors == right.tensors }
    package func hash(into hasher: inout Hasher) { hasher.combine(tensors) }

    package init(_ nodes: TreeNodes) {
        self.nodes = nodes
        tensors = nodes.tensors
    }

    /// The residuals that frame a share of those in a row's leaf.
    ///
    /// - Parameter pair: a position in `coverages`.
    package func frame(of features: ArraySlice<Float>, pair: Int) -> (low: Double, high: Double) {
        let start = nodes.leaf(of: features) * Self.levels.count
        let half = Self.levels.count / 2
        return (Double(nodes.values[start + half - 1 - pair]), Double(nodes.values[start + half + pair]))
    }

    /// The pair of levels that is nearest to a coverage.
    package static func pair(for coverage: Double) -> Int {
        coverages.indices.min { abs(coverages[$0] - coverage) < abs(coverages[$1] - coverage) } ?? 0
    }

    /// As named tensors.
    var described: [String: Tensor] { tensors }

    /// The tree of named tensors.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`).
    init(_ tensors: [String: Tensor], inputs: Int) throws {
        self.init(
            try TreeNodes(
                ModelDescription(family: "residual tree", tensors: tensors), inputs: inputs, width: Self.levels.count))
    }
}

extension TreeNodes {
    /// The position of the leaf that a row falls into.
    package func leaf(of features: ArraySlice<Float>) -> Int {
        var index = 0
        while nodes[index].feature >= 0 {
            let node = nodes[index]
            index = features[features.startIndex + node.feature] <= node.threshold ? node.left : node.right
        }
        return index
    }
}
