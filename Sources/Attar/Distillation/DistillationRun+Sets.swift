internal import Compute

extension StudentSearch {
    /// A tree of the residuals on training rows by students that had not seen them; nil for classes, several outputs or too few rows.
    func residualTree(_ fits: [Fit]) throws -> ResidualTree? {
        guard case .values(let values) = taught.problem.truth, taught.task.width == 1 else { return nil }
        var rows: [Int] = []
        var residuals: [Float] = []
        for (fold, fit) in fits.enumerated() {
            let held = taught.folds[fold]
            let answers = fit.model.outputs(for: taught.features.selecting(rows: held)).matrix
            rows += held
            residuals += held.indices.map { values[held[$0], 0] - answers[$0, 0] }
        }
        return try ResidualTree(
            features: taught.features.selecting(rows: rows), residuals: residuals,
            weights: taught.rows.weights.map { weights in rows.map { weights[$0] } }, encoder: taught.encoder,
            seed: recipe.seed)
    }
}

extension DistillationRun {
    /// Test rows from which `cqr` is taken by itself.
    private static let fewestForFrames = 200

    /// The sets or intervals that the artifact keeps, with thresholds from all test rows; nil where the recipe asks for none.
    ///
    /// - Parameter notes: told where they are other than the recipe asks for.
    func keptSets(
        _ judged: JudgedRows, features: Matrix, tree: ResidualTree?, notes: inout [String]
    ) throws -> PredictionSets? {
        var method = recipe.sets
        if method == SetMethod.none || judged.truth == .none { return nil }
        if method == .cqr, tree == nil {
            notes.append(
                "The artifact keeps intervals of one width (residual) instead of cqr, which takes a single value a row and residuals of at least \(ResidualTree.fewestRows) training rows by students that have not seen them."
            )
            method = .residual
        }
        let usual: SetMethod =
            switch judged.task.form {
            case .probabilities: .lac
            case .values: tree != nil && judged.rows.count >= Self.fewestForFrames ? .cqr : .residual
            }
        let scored = try ScoredRows(
            method ?? usual, judged.answers.student, judged.truth, of: judged.task, weights: judged.weights,
            features: features, tree: tree, seed: recipe.seed)
        return PredictionSets(scored, seed: recipe.seed).compressed
    }
}
