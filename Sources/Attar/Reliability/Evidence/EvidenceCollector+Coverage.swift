internal import Compute

/// What is known of a student's reliability before the test rows are asked.
package struct StudentReliability: Sendable {
    /// The method of sets or intervals that the artifact keeps.
    package var sets: SetMethod
    /// Of residuals on rows that the student had not learned from; nil where there are too few, or the task has classes.
    package var tree: ResidualTree?

    /// Nothing known.
    package init(sets: SetMethod = .none, tree: ResidualTree? = nil) {
        (self.sets, self.tree) = (sets, tree)
    }
}

extension EvidenceCollector {
    /// Whether probabilities mean what they say, what sets and intervals hold, and when it is better not to answer.
    func addCoverage(to evidence: inout Evidence) throws {
        guard judged.task.kind == .classification || judged.task.kind == .regression else { return }
        let features = try models.student.encoder.encoded(judged.rows)
        evidence.calibration = CalibrationEvidence(judged)
        evidence.coverage = try CoverageEvidence(
            judged, features: features, tree: reliability.tree, stored: reliability.sets)
        evidence.selection = SelectiveEvidence(judged, features: features, tree: reliability.tree)
    }
}
