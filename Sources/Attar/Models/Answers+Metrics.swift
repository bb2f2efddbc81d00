package import Compute

extension Answers {
    /// The figures of merit of these answers on labelled rows.
    ///
    /// - Parameters:
    ///   - rows: the rows that were asked, with their target; their weights count.
    ///   - teacher: the teacher's answers to the same rows, which adds those on fidelity, such as `agreement`.
    /// - Returns: for classification accuracy, log loss, Brier score and calibration error; for regression R² and errors.
    /// - Throws: `AttarError`: `invalidTarget` where the rows have no target, `unusableTeacher` where answers are not finite or
    ///   have another shape than rows and target.
    public func metrics(
        on rows: Dataset, teacher: Answers? = nil, catalogue: Catalogue = .standard
    ) throws -> [Metric: Double] {
        let target = try rows.knownTarget
        let weights = rows.weights ?? [Float](repeating: 1, count: rows.count)
        let statistics = try catalogue.task(target.task.kind).judging.statistics(
            try answers(to: target), target.truth, teacher: try teacher?.answers(to: target), weights: weights)
        return statistics.values(weights: weights)
    }

    /// Probabilities or values, (rows, task.width), checked against a target.
    ///
    /// - Parameter allowsUnknown: whether rows may be without an answer; what is given for them means nothing.
    /// - Throws: `AttarError` (`unusableTeacher`).
    package func answers(to target: Target, allowsUnknown: Bool = false) throws -> Matrix {
        let unanswered = known?.count { !$0 } ?? 0
        guard unanswered == 0 || allowsUnknown else {
            throw AttarError(
                .unusableTeacher, "\(unanswered) of \(target.count) rows have no answer",
                remedy: "Give the rows that were answered only")
        }
        guard matrix.rows == target.count, matrix.columns == target.task.width else {
            throw AttarError(
                .unusableTeacher,
                "there are \(matrix.rows) × \(matrix.columns) answers to \(target.count) rows of \(target.task.width) outputs",
                remedy: "Ask for the same rows and the same target")
        }
        guard (0..<matrix.rows).allSatisfy({ known?[$0] == false || matrix.row($0).allSatisfy(\.isFinite) }) else {
            throw AttarError(.unusableTeacher, "some answers are not finite numbers", remedy: "Give another teacher")
        }
        return kind == .logits ? matrix.softmax() : matrix
    }
}
