internal import Compute

extension Artifact {
    /// What makes sets or intervals of the model's answers, from labelled rows that are new to it, by the method that its file keeps.
    ///
    /// Rows count as much as in distilling: by the column of weights that the recipe names, where the rows have it.
    /// - Throws: `AttarError`: `invalidSetting` where the file does not say which column it answers; as reading labels and weights does.
    public func sets(calibratedOn rows: Dataset) throws -> PredictionSets { try calibratedSets(on: rows).sets }

    /// The same with what a reader has to know, in sentences.
    func calibratedSets(on rows: Dataset) throws -> (sets: PredictionSets, notes: [String]) {
        guard let name = metadata.target else {
            throw AttarError(
                .invalidSetting, "the model's file does not say which column it answers",
                remedy: "Distil it again with --target")
        }
        var notes: [String] = []
        var rows = rows
        if rows.weights == nil, let weights = (try? metadata.recipe?.decoded() as Recipe?)?.weights {
            if rows.column(named: weights) != nil {
                rows = try rows.taking(weights: weights)
            } else {
                notes.append("'\(rows.source)' has no weights in a column '\(weights)': all its rows count the same.")
            }
        }
        rows = try rows.taking(target: name, matching: model.task)
        let seed = metadata.seed ?? 1
        let method = sets?.method ?? SetMethod.suited(to: model.task.form)[0]
        if sets == nil {
            notes.append("The model's file keeps no method for sets or intervals: \(method) is used.")
        }
        let features = try model.encoder.encoded(rows)
        let scored = try ScoredRows(
            method, model.outputs(for: features).matrix, rows.knownTarget.truth, of: model.task, weights: rows.weights,
            features: features, tree: sets?.tree, allowsEmpty: sets?.allowsEmpty ?? false, seed: seed)
        return (PredictionSets(scored, seed: seed), notes)
    }
}
