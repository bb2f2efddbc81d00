package import Compute

extension ResidualTree {
    /// Rows that a tree is worth growing on.
    package static let fewestRows = 200
    private static let fewestLeafRows = 50
    private static let mostLeaves = 32

    /// Grows a tree.
    ///
    /// - Parameters:
    ///   - residuals: value minus prediction of each row, of a single output.
    ///   - weights: one a row; nil weighs all the same.
    /// - Returns: nil where the rows are fewer than `fewestRows`.
    /// - Throws: what growing a tree throws.
    package init?(
        features: Matrix, residuals: [Float], weights: [Float]?, encoder: FeatureEncoder, seed: UInt64
    ) throws {
        let kept = residuals.indices.filter { residuals[$0].isFinite && (weights?[$0] ?? 1) > 0 }
        guard kept.count >= Self.fewestRows else { return nil }
        let own = features.selecting(rows: kept)
        var estimator = TreeEstimator()
        estimator.leaves = max(1, min(Self.mostLeaves, kept.count / (2 * Self.fewestLeafRows)))
        estimator.minimumLeafWeight = Double(Self.fewestLeafRows)
        let set = TransferSet(
            task: .regression(["residual", "size"]), encoder: encoder, features: own,
            values: Matrix(
                rows: kept.count, columns: 2, elements: kept.flatMap { [residuals[$0], abs(residuals[$0])] }),
            weights: weights.map { weights in kept.map { weights[$0] } })
        let model = try estimator.fitted(
            to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.values), seed: seed, threads: 1))
        guard let grown = (model as? TreeModel)?.nodes else { return nil }
        var leaves = [[Float]](repeating: [], count: grown.nodes.count)
        for row in 0..<own.rows { leaves[grown.leaf(of: own.row(row))].append(residuals[kept[row]]) }
        var values: [Float] = []
        for leaf in leaves {
            let sorted = leaf.sorted().map(Double.init)
            values += Self.levels.map { sorted.isEmpty ? 0 : Float(Estimate.percentile($0, of: sorted)) }
        }
        self.init(TreeNodes(nodes: grown.nodes, values: values, width: Self.levels.count))
    }
}
