internal import Compute

extension TransferSet {
    /// Labelled rows, and the teacher's answers to them where it was asked.
    ///
    /// Answers to rows that the teacher learned from repeat their labels; `Distiller` takes out-of-fold answers instead.
    ///
    /// - Parameters:
    ///   - rows: rows with a target; their weights are kept.
    ///   - encoder: what makes the features; fitted to training rows.
    ///   - answers: the teacher's outputs, one row a row, in the order of the target's classes; nil for labels alone.
    /// - Throws: `AttarError`: `invalidTarget` where the rows have no target, `schemaMismatch` where the encoder does not fit
    ///   them, `unusableTeacher` where the answers are not finite or have another shape than rows and target.
    public init(_ rows: Dataset, encoder: FeatureEncoder, taughtBy answers: Answers? = nil) throws {
        let target = try rows.knownTarget
        self.init(
            task: target.task, encoder: encoder, features: try encoder.encoded(rows),
            softTargets: try answers.map {
                TeacherAnswers.softTargets(try $0.answers(to: target, allowsUnknown: true), for: target.task)
            }, known: answers?.known,
            truth: target.truth, weights: rows.weights)
    }
}
