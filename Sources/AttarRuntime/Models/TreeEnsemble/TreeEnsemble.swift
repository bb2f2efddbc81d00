internal import CKernels
package import Compute

/// A sum of regression trees, each adding to one output: what forests, boosted trees and loaded tree models share.
///
/// A row's margin for output o is `baseScores[o]` plus, over the trees of that output, the value of the leaf that it reaches.
/// At a split a row goes left where its feature is below the threshold, and right otherwise.
package struct TreeEnsemble: Sendable {
    /// Number of features of a row.
    package let width: Int
    /// What each output starts from; one an output.
    package let baseScores: [Float]
    /// The output that each tree adds to.
    package let treeOutputs: [Int32]
    /// Where each tree begins among the nodes.
    package let roots: [Int32]
    private let nodes: [attar_tree_node]

    /// Number of outputs.
    package var outputs: Int { baseScores.count }
    /// Number of trees.
    package var treeCount: Int { roots.count }
    /// Number of nodes of all trees, leaves included.
    package var nodeCount: Int { nodes.count }

    /// Builds trees from their nodes in breadth-first order.
    ///
    /// The k-th split of a tree, counted from 0, has its children at 2k + 1 and 2k + 2 of that tree. So the features alone say
    /// where each tree ends, and no list of nodes can hold a cycle.
    /// - Parameters:
    ///   - width: number of features of a row.
    ///   - baseScores: what each output starts from.
    ///   - treeOutputs: the output that each tree adds to.
    ///   - features: for each node the feature that it splits on, −1 for a leaf.
    ///   - values: for each node its threshold, or the leaf's value.
    /// - Throws: `AttarError` (`malformedArtifact`) for an index out of range, a number that is not finite, or nodes that do
    ///   not make up the given number of trees.
    package init(width: Int, baseScores: [Float], treeOutputs: [Int32], features: [Int32], values: [Float]) throws {
        guard features.count == values.count, features.count < Int32.max else {
            throw Self.malformed("\(features.count) features do not fit \(values.count) values")
        }
        guard baseScores.allSatisfy(\.isFinite) else { throw Self.malformed("a base score is not a number") }
        guard treeOutputs.allSatisfy({ $0 >= 0 && $0 < baseScores.count }) else {
            throw Self.malformed("a tree adds to an output that there is not")
        }
        var nodes: [attar_tree_node] = []
        nodes.reserveCapacity(features.count)
        var roots: [Int32] = []
        var root = 0
        var splits = 0
        var open = 0
        for index in features.indices {
            if open == 0 {
                (root, splits, open) = (index, 0, 1)
                roots.append(Int32(index))
            }
            let (feature, value) = (features[index], values[index])
            guard feature >= -1, feature < width else {
                throw Self.malformed("node \(index) splits on feature \(feature) of \(width)")
            }
            guard value.isFinite else { throw Self.malformed("node \(index) holds no number") }
            if feature < 0 {
                nodes.append(attar_tree_node(threshold: .nan, feature: 0, left: Int32(index), value: value))
                open -= 1
            } else {
                let left = Int32(root + 2 * splits + 1)
                nodes.append(attar_tree_node(threshold: value, feature: feature, left: left, value: 0))
                splits += 1
                open += 1
            }
        }
        guard open == 0, roots.count == treeOutputs.count else {
            throw Self.malformed("its nodes do not make up \(treeOutputs.count) whole trees")
        }
        guard width > 0 || nodes.isEmpty else { throw Self.malformed("it has trees but no features") }
        self.width = width
        self.baseScores = baseScores
        self.treeOutputs = treeOutputs
        self.roots = roots
        self.nodes = nodes
    }

    /// The margins of encoded rows: features (rows, width) in, (rows, outputs) out.
    ///
    /// - Precondition: the rows have `width` columns.
    package func margins(for features: Matrix) -> Matrix {
        precondition(features.columns == width, "\(features.columns) features are not \(width)")
        var margins: [Float] = []
        margins.reserveCapacity(features.rows * outputs)
        for _ in 0..<features.rows { margins.append(contentsOf: baseScores) }
        margins.withUnsafeMutableBufferPointer { score(features.elements, rows: features.rows, into: $0) }
        return Matrix(rows: features.rows, columns: outputs, elements: margins)
    }

    /// The margins of one row, without allocating.
    ///
    /// - Parameters:
    ///   - row: `width` numbers.
    ///   - margins: receives `outputs` numbers at its beginning; may be longer.
    package func score(_ row: borrowing Span<Float>, into margins: inout MutableSpan<Float>) {
        precondition(row.count == width && margins.count >= outputs, "\(row.count) features are not \(width)")
        for output in baseScores.indices { margins[output] = baseScores[output] }
        row.withUnsafeBufferPointer { row in
            margins.withUnsafeMutableBufferPointer { margins in
                if let start = row.baseAddress { score(start, rows: 1, into: margins) }
            }
        }
    }

    /// Adds the trees' values to margins that hold the base scores already.
    private func score(_ features: UnsafePointer<Float>, rows: Int, into margins: UnsafeMutableBufferPointer<Float>) {
        nodes.withUnsafeBufferPointer { nodes in
            roots.withUnsafeBufferPointer { roots in
                treeOutputs.withUnsafeBufferPointer { treeOutputs in
                    var trees = attar_trees(
                        nodes: nodes.baseAddress, roots: roots.baseAddress, outputs: treeOutputs.baseAddress,
                        count: roots.count)
                    attar_trees_score(&trees, features, rows, width, outputs, margins.baseAddress)
                }
            }
        }
    }

    /// The nodes in breadth-first order, as the initialiser takes them: the feature of each, −1 for a leaf, and its threshold
    /// or leaf's value.
    package func breadthFirstNodes() -> (features: [Int32], values: [Float]) {
        (
            features: nodes.map { $0.threshold.isNaN ? -1 : $0.feature },
            values: nodes.map { $0.threshold.isNaN ? $0.value : $0.threshold }
        )
    }

    private static func malformed(_ problem: String) -> AttarError {
        AttarError(.malformedArtifact, "the trees are inconsistent: \(problem)")
    }
}
