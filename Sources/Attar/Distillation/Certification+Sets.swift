internal import Compute

extension Certification {
    /// Test rows from which `cqr` is taken by itself.
    private static let fewestForFrames = 200

    /// The sets or intervals that the artifact keeps, with thresholds from all test rows; nil where none are asked for, or nothing is right or wrong.
    ///
    /// - Parameter notes: told where they are other than what is asked for.
    func keptSets(_ measurement: Measurement, notes: inout [String]) throws -> PredictionSets? {
        let (judged, seed) = (measurement.judged, setup.settings.seed)
        var method = setup.settings.sets
        let suited = kind.judging.sets
        if method == SetMethod.none || (judged.truth == .none && suited == nil) { return nil }
        if method == .cqr, tree == nil {
            notes.append(
                "The artifact keeps intervals of one width (residual) instead of cqr, which takes a single value a row and residuals of at least \(ResidualTree.fewestRows) training rows by students that have not seen them."
            )
            method = .residual
        }
        let byForm: SetMethod =
            switch judged.task.form {
            case .probabilities: isImbalanced ? .lacByClass : .lac
            case .values: tree != nil && judged.rows.count >= Self.fewestForFrames ? .cqr : .residual
            }
        let usual = suited?.first ?? byForm
        let scored = try ScoredRows(
            method ?? usual, judged.answers.student, judged.truth, of: judged.task, weights: judged.weights,
            features: measurement.features, tree: tree, allowsEmpty: setup.settings.allowEmpty, seed: seed)
        return PredictionSets(scored, at: kind.judging.calibrationRows(judged.truth), seed: seed).compressed
    }

    /// Whether a class has less than half of the training rows that it would have were all classes as frequent. Thresholds for all classes together then hold
    /// the common ones at the rare ones' cost.
    private var isImbalanced: Bool {
        let shares = setup.kind.judging.baseline(
            setup.training.truth, of: setup.task, weights: setup.training.rows.weights)
        guard let least = shares?.answer.min() else { return false }
        return least * Float(2 * setup.task.width) < 1
    }
}
