extension TreeEnsemble {
    /// The trees of a model that XGBoost saved as Universal Binary JSON.
    ///
    /// - Parameters:
    ///   - document: the whole saved model.
    ///   - width: number of features of a row.
    ///   - baseScores: what each output starts from; replaces the model's own base score.
    ///   - units: what the trees' values and the base scores are counted in, one an output; nil for 1.
    ///   - treeLimit: how many trees to keep, from the first; nil keeps all.
    /// - Throws: `AttarError` (`malformedData`) where the document is no such model; (`malformedArtifact`) where its trees are
    ///   inconsistent.
    package init(
        xgboost document: PackedJSON, width: Int, baseScores: [Float], units: [Float]? = nil, treeLimit: Int? = nil
    ) throws {
        let model = document["learner"]?["gradient_booster"]?["model"]
        guard case .array(let trees) = model?["trees"], let groups = model?["tree_info"]?.integerElements,
            groups.count == trees.count
        else { throw Self.foreign("has no list of trees") }
        var features: [Int32] = []
        var values: [Float] = []
        let kept = min(treeLimit ?? trees.count, trees.count)
        let units = units ?? [Float](repeating: 1, count: baseScores.count)
        for (tree, group) in zip(trees.prefix(kept), groups) {
            let unit = units.indices.contains(Int(group)) ? units[Int(group)] : 1
            try Self.append(tree, unit: unit, to: &features, &values)
        }
        try self.init(
            width: width, baseScores: zip(baseScores, units).map { $0 * $1 },
            treeOutputs: groups.prefix(kept).map { Int32(clamping: $0) },
            features: features, values: values)
    }

    /// Appends one tree's nodes in breadth-first order.
    private static func append(_ tree: PackedJSON, unit: Float, to features: inout [Int32], _ values: inout [Float])
        throws
    {
        guard let left = tree["left_children"]?.integerElements, let right = tree["right_children"]?.integerElements,
            let splits = tree["split_indices"]?.integerElements,
            let conditions = tree["split_conditions"]?.floatElements, !left.isEmpty,
            right.count == left.count, splits.count == left.count, conditions.count == left.count
        else { throw foreign("has a tree whose lists do not fit each other") }
        guard tree["categories"]?.integerElements?.isEmpty ?? true else {
            throw foreign("splits on categories, which these trees do not know")
        }
        var queue = [0]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            guard left[node] >= 0 else {
                values.append(conditions[node] * unit)
                features.append(-1)
                continue
            }
            values.append(conditions[node])
            features.append(Int32(clamping: splits[node]))
            for child in [left[node], right[node]] {
                // A tree reaches each node once: a longer queue means a node with two parents, or a cycle.
                guard child > 0, child < left.count, queue.count < left.count else {
                    throw foreign("has a tree whose nodes do not hang together")
                }
                queue.append(Int(child))
            }
        }
    }

    private static func foreign(_ problem: String) -> AttarError {
        AttarError(.malformedData, "the XGBoost model \(problem)")
    }
}
