/// Trees that add up: from each tree a row takes the values of the leaf that it reaches.
public struct TreesForm: Sendable {
    /// What a split asks of a feature; where it holds, the row goes left.
    public enum Question: Sendable {
        /// Whether the feature is below the threshold.
        case isBelow
        /// Whether it is at or below the threshold.
        case isAtMost
    }

    /// A node.
    public enum Node: Sendable {
        /// A split; its children stand behind it.
        case split(feature: Int, threshold: Float, left: Int, right: Int)
        /// A leaf with its values.
        case leaf([Float])
    }

    /// A tree.
    public struct Tree: Sendable {
        /// The nodes; the root comes first.
        public let nodes: [Node]
        /// The output to which a leaf's first value is added; the others are added to those that follow.
        public let output: Int
    }

    /// What splits ask.
    public let question: Question
    /// The trees.
    public let trees: [Tree]
    /// What each margin starts from.
    public let bases: [Float]
    /// How margins become answers.
    public let link: MarginLink
}

extension TreeModel {
    public var form: ModelForm {
        let tree = TreesForm.Tree(
            nodes: nodes.nodes.enumerated().map { index, node in
                node.feature < 0
                    ? .leaf(Array(nodes.values[index * task.width..<(index + 1) * task.width]))
                    : .split(
                        feature: node.feature, threshold: node.threshold, left: node.left, right: node.right)
            }, output: 0)
        return .trees(
            TreesForm(
                question: .isAtMost, trees: [tree], bases: [Float](repeating: 0, count: task.width), link: .identity))
    }
}

extension TreeEnsembleModel {
    public var form: ModelForm {
        let (features, values) = ensemble.breadthFirstNodes()
        let trees = ensemble.roots.indices.map { tree in
            let start = Int(ensemble.roots[tree])
            let end = tree + 1 < ensemble.roots.count ? Int(ensemble.roots[tree + 1]) : features.count
            // The k-th split has its children at 2k + 1 and 2k + 2.
            var splits = 0
            let nodes = (start..<end).map { index -> TreesForm.Node in
                guard features[index] >= 0 else { return .leaf([values[index]]) }
                splits += 1
                return .split(
                    feature: Int(features[index]), threshold: values[index], left: 2 * splits - 1, right: 2 * splits)
            }
            return TreesForm.Tree(nodes: nodes, output: Int(ensemble.treeOutputs[tree]))
        }
        return .trees(
            TreesForm(
                question: .isBelow, trees: trees, bases: ensemble.baseScores, link: Self.link(for: task)))
    }
}
