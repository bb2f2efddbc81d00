package import Compute

extension Outputs {
    /// The figures of merit of these answers on labelled rows.
    ///
    /// - Parameters:
    ///   - rows: the rows that were asked, with their target; their weights count.
    ///   - teacher: the teacher's answers to the same rows, which adds those on fidelity, such as `agreement`.
    /// - Returns: for classification accuracy, log loss, Brier score and calibration error; for regression R² and errors.
    /// - Throws: `AttarError`: `invalidTarget` where the rows have no target, `unusableTeacher` where answers are not finite or
    ///   have another shape than rows and target.
    public func metrics(
        on rows: Dataset, teacher: Outputs? = nil, catalogue: Catalogue = .standard
    ) throws -> [Metric: Double] {
        let target = try rows.knownTarget
        let weights = rows.weights ?? [Float](repeating: 1, count: rows.count)
        let statistics = try catalogue.task(target.task.kind).judging.statistics(
            try answers(to: target), target.truth, teacher: try teacher?.answers(to: target), weights: weights)
        return statistics.values(weights: weights)
    }

    /// Probabilities or values, (rows, task.width), checked against a target.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`).
    package func answers(to target: Target) throws -> Matrix {
        guard matrix.rows == target.count, matrix.columns == target.task.width else {
            throw AttarError(
                .unusableTeacher,
                "there are \(matrix.rows) × \(matrix.columns) answers to \(target.count) rows of \(target.task.width) outputs",
                remedy: "Ask for the same rows and the same target")
        }
        guard matrix.elements.allSatisfy(\.isFinite) else {
            throw AttarError(.unusableTeacher, "some answers are not finite numbers", remedy: "Give another teacher")
        }
        return kind == .logits ? matrix.softmax() : matrix
    }
}
