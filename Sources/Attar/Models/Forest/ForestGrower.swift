internal import CKernels
internal import Compute

/// Grows the trees of a forest, each by itself: what a tree is like does not depend on how many are grown at a time.
package struct ForestGrower: Sendable {
    /// What trees are grown on.
    package let rows: RangedRows
    /// (rows, outputs).
    package let targets: [Float]
    /// What is taken from the targets of each output: near their mean sums over rows stay small.
    package let bases: [Float]
    /// One a row, above 0.
    package let weights: [Float]
    /// The most splits between a tree's root and a leaf.
    package let depth: Int
    /// Columns that each node may split on, of those that are not the same in all of its rows.
    package let columns: Int
    /// The least weight of a leaf.
    package let minimumLeaf: Double
    /// The share of the rows that a tree sees, drawn without replacement.
    package let share: Double
    /// What leaves' values are multiplied by, one an output.
    package let scales: [Float]

    /// The least by which the weighted squared error falls at a split, in units of the targets: what is less is rounding of who answered.
    private static let leastGain = 1e-6

    /// A tree in breadth-first order, as `TreeEnsemble` takes it: for each node its feature, −1 for a leaf, and its threshold or value.
    package struct Tree: Sendable {
        /// The feature that each node splits on, −1 for a leaf.
        package var features: [Int32] = []
        /// Thresholds, and leaves' values.
        package var values: [Float] = []

        /// A tree of the given nodes.
        package init(features: [Int32] = [], values: [Float] = []) { (self.features, self.values) = (features, values) }
    }

    /// A grower.
    package init(
        rows: RangedRows, targets: [Float], bases: [Float], weights: [Float], depth: Int, columns: Int,
        minimumLeaf: Double, share: Double, scales: [Float]
    ) {
        precondition(targets.count == rows.count * bases.count && weights.count == rows.count, "one each a row")
        precondition((1...1 << 30).contains(rows.count), "nodes are numbered in 32 bits")
        (self.rows, self.targets, self.bases, self.weights) = (rows, targets, bases, weights)
        (self.depth, self.columns, self.minimumLeaf) = (depth, columns, minimumLeaf)
        (self.share, self.scales) = (share, scales)
    }

    /// Rows that a tree sees.
    package var drawn: Int { min(rows.count, max(1, Int((share * Double(rows.count)).rounded()))) }

    /// One tree of an output.
    ///
    /// - Complexity: O(rows · columns · depth) steps, and memory for the rows that it sees and its nodes.
    package func tree(output: Int, seed: UInt64) -> Tree {
        var generator = SeededGenerator(seed: seed)
        let count = drawn
        var entries = [attar_forest_entry](repeating: attar_forest_entry(), count: count)
        targets.withUnsafeBufferPointer { targets in
            guard let targets = targets.baseAddress else { return }
            attar_forest_draw(
                targets + output, bases.count, bases[output], weights, rows.count, count, generator.next(), &entries)
        }
        var room = entries
        var numbers = [UInt32](repeating: 0, count: rows.columns.count)
        var nodes = [attar_forest_node](repeating: attar_forest_node(), count: 2 * count)
        var settings = attar_forest_settings(
            depth: depth, columns: columns, least_weight: minimumLeaf, least_gain: Self.leastGain)
        let made = attar_forest_grow(
            rows.codes, rows.columns.count, rows.lows, rows.highs, &settings, generator.next(), &entries, count, &room,
            &numbers, &nodes)
        var tree = Tree(
            features: [Int32](repeating: 0, count: made), values: [Float](repeating: 0, count: made))
        var order = [UInt32](repeating: 0, count: made)
        attar_forest_lay_out(nodes, made, rows.columns, scales[output], &tree.features, &tree.values, &order)
        return tree
    }
}
