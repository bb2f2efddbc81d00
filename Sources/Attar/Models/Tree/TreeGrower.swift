internal import CKernels
internal import Compute

/// Grows one tree, leaf by leaf, on rows whose order by each feature is found once and kept through all splits.
struct TreeGrower {
    /// A leaf so far: a range of places in every feature's order, and how it would best be split.
    private struct Leaf {
        let node: Int
        let depth: Int
        let range: Range<Int>
        let split: Split?
    }

    private struct Split {
        let gain: Double
        let feature: Int
        let position: Int
        let threshold: Float
    }

    private let features: [[Float]]  // (features)(rows)
    private let targets: [Float]  // (rows, width), standardised for regression
    private let width: Int
    private let weights: [Float]
    private let minimumLeafWeight: Double
    /// A smaller gain is rounding.
    private let smallestGain: Double
    private var orders: [[Int32]]  // (features)(rows): rows by value, each leaf's rows side by side
    private var room: [Int32]
    private var nodes: [TreeNodes.Node] = []
    private var leaves: [Leaf] = []

    /// Leaves so far.
    var leafCount: Int { leaves.count }

    /// A tree that is one leaf.
    ///
    /// - Parameter standardises: whether targets are brought to the same deviation first, so that no output of a
    ///   regression outweighs another by its unit.
    init(_ rows: LearnableRows, standardises: Bool, minimumLeafWeight: Double) {
        let columns = rows.features.transposed()
        features = (0..<columns.rows).map { Array(columns.row($0)) }
        width = rows.targets.columns
        weights = rows.weights
        self.minimumLeafWeight = minimumLeafWeight
        targets = standardises ? Self.standardised(rows) : rows.targets.elements
        var sorting = [UInt64](repeating: 0, count: 2 * rows.count)
        orders = features.map { values in
            var order = [Int32](repeating: 0, count: values.count)
            attar_order(values, 1, values.count, &order, &sorting)
            return order
        }
        // Without features there is one order all the same, for the root's mean.
        if orders.isEmpty { orders = [Array(0..<Int32(rows.count))] }
        room = [Int32](repeating: 0, count: rows.count)
        var squares = 0.0
        for (index, target) in targets.enumerated() {
            squares += Double(weights[index / width]) * Double(target) * Double(target)
        }
        smallestGain = max(1e-9 * squares, .leastNormalMagnitude)
        nodes.append(TreeNodes.Node())
        leaves.append(leaf(node: 0, depth: 0, range: 0..<rows.count))
    }

    /// Splits the leaf that gains most, the earliest of equals; false where none gains.
    mutating func splitBestLeaf(depth: Int) -> Bool {
        var best: Int?
        for (index, leaf) in leaves.enumerated() where leaf.depth < depth {
            guard let gain = leaf.split?.gain else { continue }
            if gain > best.flatMap({ leaves[$0].split?.gain }) ?? 0 { best = index }
        }
        guard let best, let split = leaves[best].split else { return false }
        let leaf = leaves[best]
        for feature in orders.indices {
            let column = features[split.feature]
            orders[feature].withUnsafeMutableBufferPointer { order in
                guard let base = order.baseAddress else { return }
                attar_cart_partition(base + leaf.range.lowerBound, leaf.range.count, column, split.threshold, &room)
            }
        }
        let middle = leaf.range.lowerBound + split.position
        let children = (nodes.count, nodes.count + 1)
        nodes[leaf.node] = TreeNodes.Node(
            feature: split.feature, threshold: split.threshold, left: children.0, right: children.1)
        nodes.append(TreeNodes.Node())
        nodes.append(TreeNodes.Node())
        leaves[best] = self.leaf(node: children.0, depth: leaf.depth + 1, range: leaf.range.lowerBound..<middle)
        leaves.append(self.leaf(node: children.1, depth: leaf.depth + 1, range: middle..<leaf.range.upperBound))
        return true
    }

    /// The tree, each leaf with the weighted mean of its rows' targets.
    func finished(_ rows: LearnableRows) -> TreeNodes {
        var values = [Float](repeating: 0, count: nodes.count * width)
        for leaf in leaves {
            var sums = [Double](repeating: 0, count: width)
            var total = 0.0
            for row in orders[0][leaf.range] {
                let weight = Double(weights[Int(row)])
                total += weight
                for output in 0..<width { sums[output] += weight * Double(rows.targets[Int(row), output]) }
            }
            for output in 0..<width { values[leaf.node * width + output] = Float(sums[output] / total) }
        }
        return TreeNodes(nodes: nodes, values: values, width: width)
    }

    private func leaf(node: Int, depth: Int, range: Range<Int>) -> Leaf {
        var sums = [Double](repeating: 0, count: width)
        var total = 0.0
        for row in orders[0][range] {
            let weight = Double(weights[Int(row)])
            total += weight
            for output in 0..<width { sums[output] += weight * Double(targets[Int(row) * width + output]) }
        }
        var best: Split?
        var scratch = [Double](repeating: 0, count: width)
        for feature in features.indices {
            let found = orders[feature].withUnsafeBufferPointer { order in
                attar_cart_best_split(
                    order.baseAddress.map { $0 + range.lowerBound }, range.count, features[feature], targets, width,
                    weights, sums, total, minimumLeafWeight, &scratch)
            }
            // Among features that cut alike the first wins, in spite of rounding.
            guard found.gain > max(smallestGain, (best?.gain ?? 0) * (1 + 1e-9)) else { continue }
            best = Split(
                gain: found.gain, feature: feature, position: found.position, threshold: found.threshold)
        }
        return Leaf(node: node, depth: depth, range: range, split: best)
    }

    private static func standardised(_ rows: LearnableRows) -> [Float] {
        let means = rows.meanTargets()
        var variances = [Double](repeating: 0, count: means.count)
        for row in 0..<rows.count {
            for output in means.indices {
                let difference = Double(rows.targets[row, output] - means[output])
                variances[output] += Double(rows.weights[row]) * difference * difference / Double(rows.count)
            }
        }
        let scales = variances.map { $0 > 0 ? Float(1 / $0.squareRoot()) : 1 }
        return rows.targets.elements.enumerated().map { index, value in
            (value - means[index % means.count]) * scales[index % means.count]
        }
    }
}
