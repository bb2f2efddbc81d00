internal import CKernels

/// A sum of regression trees that know where a missing value goes and can split on categories: the trees of other libraries.
///
/// Rows without a missing value, through trees without categories, take the same way through the same kernel as `TreeEnsemble`'s. What a row
/// gets does not depend on the rows beside it.
package struct RoutedTrees: Sendable {
    /// Number of features of a row.
    package private(set) var width = 0
    /// What each output starts from; one an output.
    package let baseScores: [Float]
    /// For each feature of a row, its number in the model: features that no tree asks for are left out.
    package private(set) var features: [Int] = []

    private var nodes: [attar_tree_node] = []
    private var routes: [UInt8] = []
    private var roots: [Int32] = []
    private var treeOutputs: [Int32] = []
    private var sets: [attar_category_set] = []
    private var words: [UInt32] = []
    /// Whether every row needs the longer step, having a value or not.
    private var isRouted = false
    private var columns: [Int: Int32] = [:]
    private var categorical: Set<Int> = []

    /// The most words of category sets that are read: 256 MB.
    package static let mostWords = 1 << 26

    /// Number of outputs.
    package var outputs: Int { baseScores.count }
    /// Number of trees.
    package var treeCount: Int { roots.count }
    /// Number of nodes of all trees, leaves included.
    package var nodeCount: Int { nodes.count }
    /// The features, by their numbers in the model, that some tree splits on by category.
    package var categoricalFeatures: Set<Int> { categorical }

    /// No trees yet.
    package init(baseScores: [Float]) { self.baseScores = baseScores }

    /// Lays a tree out behind those before it.
    ///
    /// - Parameters:
    ///   - output: the output that it adds to, from 0 and below `outputs`.
    ///   - featureCount: how many features the model has.
    /// - Throws: `AttarError` (`malformedData`) where a node is reached twice or an index is out of range, or a number is none.
    package mutating func append(_ tree: TreeTable, to output: Int, featureCount: Int) throws {
        let root = nodes.count
        guard root + tree.nodes.count < Int(Int32.max) else { throw Self.malformed("has more than 2³¹ nodes") }
        guard output >= 0, output < outputs else {
            throw Self.malformed("has a tree for output \(output), of \(outputs)")
        }
        guard !tree.nodes.isEmpty else { throw Self.malformed("has a tree without nodes") }
        var queue = [0]
        queue.reserveCapacity(tree.nodes.count)
        var next = 0
        while next < queue.count {
            let node = tree.nodes[queue[next]]
            let left = Int32(root + queue.count)
            next += 1
            switch node {
            case .leaf(let value):
                guard value.isFinite else { throw Self.malformed("has a leaf that holds no number") }
                nodes.append(
                    attar_tree_node(threshold: .nan, feature: 0, left: Int32(nodes.count), value: value))
                routes.append(0)
            case .split(let feature, let threshold, let first, let second, let missing):
                guard !threshold.isNaN else { throw Self.malformed("has a threshold that is no number") }
                let column = try column(of: feature, featureCount: featureCount)
                nodes.append(attar_tree_node(threshold: threshold, feature: column, left: left, value: 0))
                routes.append(Self.route(missing))
                if missing.includesZero { isRouted = true }
                try queue.reach(first, second, of: tree.nodes.count)
            case .categories(let feature, let set, let first, let second, let missing):
                let column = try column(of: feature, featureCount: featureCount)
                categorical.insert(feature)
                nodes.append(
                    attar_tree_node(
                        threshold: 0, feature: column, left: left, value: Float(bitPattern: UInt32(sets.count))))
                routes.append(Self.route(missing) | UInt8(ATTAR_ROUTE_CATEGORIES))
                guard words.count + set.count <= Self.mostWords else {
                    throw Self.malformed("has larger sets of categories than any data")
                }
                sets.append(attar_category_set(start: UInt32(words.count), words: UInt32(set.count)))
                words += set
                isRouted = true
                try queue.reach(first, second, of: tree.nodes.count)
            }
        }
        roots.append(Int32(root))
        treeOutputs.append(Int32(output))
    }

    /// Adds the trees' values to margins that hold the base scores already.
    ///
    /// - Parameters:
    ///   - rows: features (rows, width), NaN where missing.
    ///   - hasMissing: whether any is NaN.
    ///   - margins: (rows, outputs).
    package func score(_ rows: borrowing Span<Float>, hasMissing: Bool, into margins: inout MutableSpan<Float>) {
        let count = margins.count / max(1, outputs)
        precondition(rows.count == count * width, "\(rows.count) numbers are not \(count) rows of \(width)")
        guard width > 0, count > 0 else {
            addConstantTrees(to: &margins, rows: count)
            return
        }
        rows.withUnsafeBufferPointer { rows in
            margins.withUnsafeMutableBufferPointer { margins in
                withUnsafeTrees(isRouted: isRouted || hasMissing) { plain, routed in
                    if let routed {
                        attar_routed_trees_score(
                            routed, rows.baseAddress, count, width, outputs, margins.baseAddress)
                    } else {
                        attar_trees_score(plain, rows.baseAddress, count, width, outputs, margins.baseAddress)
                    }
                }
            }
        }
    }

    /// Trees that are all leaves ask for no feature, so that there is no row to walk with.
    private func addConstantTrees(to margins: inout MutableSpan<Float>, rows: Int) {
        for row in 0..<rows {
            for (root, output) in zip(roots, treeOutputs) {
                margins[row * outputs + Int(output)] += nodes[Int(root)].value
            }
        }
    }

    private func withUnsafeTrees(
        isRouted: Bool, _ body: (UnsafePointer<attar_trees>?, UnsafePointer<attar_routed_trees>?) -> Void
    ) {
        nodes.withUnsafeBufferPointer { nodes in
            roots.withUnsafeBufferPointer { roots in
                treeOutputs.withUnsafeBufferPointer { treeOutputs in
                    var plain = attar_trees(
                        nodes: nodes.baseAddress, roots: roots.baseAddress, outputs: treeOutputs.baseAddress,
                        count: roots.count)
                    guard isRouted else {
                        body(&plain, nil)
                        return
                    }
                    routes.withUnsafeBufferPointer { routes in
                        sets.withUnsafeBufferPointer { sets in
                            words.withUnsafeBufferPointer { words in
                                var routed = attar_routed_trees(
                                    trees: plain, routes: routes.baseAddress,
                                    sets: sets.isEmpty ? nil : sets.baseAddress, words: words.baseAddress)
                                body(nil, &routed)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The place of a feature in a row.
    private mutating func column(of feature: Int, featureCount: Int) throws -> Int32 {
        guard feature >= 0, feature < featureCount else {
            throw Self.malformed("splits on feature \(feature), of \(featureCount)")
        }
        if let column = columns[feature] { return column }
        let column = Int32(features.count)
        columns[feature] = column
        features.append(feature)
        width = features.count
        return column
    }

    private static func route(_ missing: TreeTable.Missing) -> UInt8 {
        UInt8(missing.goesSecond ? ATTAR_ROUTE_MISSING_SECOND : 0)
            | UInt8(missing.includesZero ? ATTAR_ROUTE_ZERO_MISSING : 0)
    }

    fileprivate static func malformed(_ problem: String) -> AttarError { AttarError(.malformedData, "it \(problem)") }
}

extension [Int] {
    /// Adds a split's children to the nodes that are to be laid out. A tree reaches each node once: more of them than there are nodes means one
    /// with two parents, or a cycle.
    fileprivate mutating func reach(_ first: Int, _ second: Int, of count: Int) throws {
        guard first > 0, first < count, second > 0, second < count, self.count + 2 <= count else {
            throw RoutedTrees.malformed("has a tree whose nodes do not hang together")
        }
        append(first)
        append(second)
    }
}
