internal import Compute

/// One tree as flat arrays: what a row asks at each node, and what each leaf answers.
package struct TreeNodes: Sendable {
    /// One node; a leaf has no children.
    package struct Node: Sendable {
        /// The feature that is asked, −1 in a leaf.
        package var feature = -1
        /// Rows at or below it go left.
        package var threshold: Float = 0
        /// The children's positions, behind the node's own.
        package var left = 0
        package var right = 0

        package init(feature: Int = -1, threshold: Float = 0, left: Int = 0, right: Int = 0) {
            (self.feature, self.threshold, self.left, self.right) = (feature, threshold, left, right)
        }
    }

    /// The nodes; the root comes first, children behind their parent.
    package let nodes: [Node]
    /// (nodes, width): the answers of leaves, 0 elsewhere.
    package let values: [Float]
    /// Answers.
    package let width: Int

    package init(nodes: [Node], values: [Float], width: Int) {
        (self.nodes, self.values, self.width) = (nodes, values, width)
    }

    /// Number of leaves.
    package var leafCount: Int { nodes.count { $0.feature < 0 } }

    /// Splits between the root and the deepest leaf.
    package var depth: Int {
        var depths = [Int](repeating: 0, count: nodes.count)
        for (index, node) in nodes.enumerated() where node.feature >= 0 {
            depths[node.left] = depths[index] + 1
            depths[node.right] = depths[index] + 1
        }
        return depths.max() ?? 0
    }

    /// Writes the answer to a row, `features` from `start` on, to `outputs` from `place` on.
    package func answer(_ features: Span<Float>, from start: Int, into outputs: inout MutableSpan<Float>, at place: Int)
    {
        let nodes = nodes.span
        let values = values.span
        var index = 0
        while nodes[index].feature >= 0 {
            let node = nodes[index]
            index = features[start + node.feature] <= node.threshold ? node.left : node.right
        }
        for output in 0..<width { outputs[place + output] = values[index * width + output] }
    }
}

extension TreeNodes {
    /// As named tensors: `features`, `thresholds`, `children` (nodes, 2) and `values` (leaves, width), leaves in the
    /// nodes' order.
    package var tensors: [String: Tensor] {
        let leaves = nodes.indices.filter { nodes[$0].feature < 0 }
        return [
            "features": Tensor(nodes.map { Int32($0.feature) }, shape: [nodes.count]),
            "thresholds": Tensor(nodes.map(\.threshold), shape: [nodes.count]),
            "children": Tensor(nodes.flatMap { [Int32($0.left), Int32($0.right)] }, shape: [nodes.count, 2]),
            "values": Tensor(
                leaves.flatMap { values[$0 * width..<($0 + 1) * width] }, shape: [leaves.count, width]),
        ]
    }

    /// The tree that a description describes.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor does not fit or the nodes are no tree.
    package init(_ description: ModelDescription, inputs: Int, width: Int) throws {
        let features = try description.integers("features", shape: [nil])
        let thresholds = try description.floats("thresholds", shape: [features.count])
        let children = try description.integers("children", shape: [features.count, 2])
        let leaves = features.indices.filter { features[$0] < 0 }
        let answers = try description.floats("values", shape: [leaves.count, width])
        guard !features.isEmpty else { throw Self.malformed("it has no nodes") }
        var nodes: [Node] = []
        for index in features.indices {
            guard features[index] >= 0 else {
                nodes.append(Node())
                continue
            }
            let (left, right) = (Int(children[2 * index]), Int(children[2 * index + 1]))
            guard Int(features[index]) < inputs, min(left, right) > index, max(left, right) < features.count else {
                throw Self.malformed("node \(index) points outside")
            }
            nodes.append(
                Node(feature: Int(features[index]), threshold: thresholds[index], left: left, right: right))
        }
        var values = [Float](repeating: 0, count: features.count * width)
        for (place, node) in leaves.enumerated() {
            for output in 0..<width { values[node * width + output] = answers[place * width + output] }
        }
        self.init(nodes: nodes, values: values, width: width)
    }

    private static func malformed(_ problem: String) -> AttarError {
        AttarError(.malformedArtifact, "the tree cannot be read: \(problem)")
    }
}
