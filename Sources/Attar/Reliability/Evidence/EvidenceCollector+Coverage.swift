internal import Compute

/// What is known of a student's reliability before the test rows are asked.
package struct StudentReliability: Sendable {
    /// The method of sets or intervals that the artifact keeps.
    package var sets: SetMethod
    /// Of residuals on rows that the student had not learned from; nil where there are too few, or the task has classes.
    package var tree: ResidualTree?
    /// How the student's probabilities are scaled.
    package var calibration: Calibration

    /// Nothing known.
    package init(sets: SetMethod = .none, tree: ResidualTree? = nil, calibration: Calibration = Calibration()) {
        (self.sets, self.tree, self.calibration) = (sets, tree, calibration)
    }
}

extension EvidenceCollector {
    /// Whether probabilities mean what they say, what sets and intervals hold, and when it is better not to answer.
    func addCoverage(to evidence: inout Evidence) throws {
        guard judged.task.kind == .classification || judged.task.kind == .regression else { return }
        let features = try models.student.encoder.encoded(judged.rows)
        evidence.calibration = calibrationEvidence(features)
        evidence.coverage = try CoverageEvidence(
            judged, features: features, tree: reliability.tree, stored: reliability.sets)
        evidence.selection = SelectiveEvidence(judged, features: features, tree: reliability.tree)
        if evidence.selection == nil, judged.task.kind == .regression, reliability.tree == nil {
            evidence.coverage?.notes.append(
                "What is gained by not answering was not measured, for the same reason: only such intervals tell which rows are unsure."
            )
        }
    }

    /// Diagrams of all models, and what calibrating the student changed; nil for values.
    private func calibrationEvidence(_ features: Matrix) -> CalibrationEvidence? {
        let scaling = models.student.calibration
        let before = scaling.flatMap { _ in
            let plain = models.student.uncalibrated.outputs(for: features).matrix
            return RowStatistics(outputs: plain, target: judged.target, teacher: nil)
                .values(weights: judged.weights)[.expectedCalibrationError]
        }
        var evidence = CalibrationEvidence(
            judged, method: scaling == nil ? "none" : "temperature", temperature: scaling?.temperature,
            fittedRows: reliability.calibration.rows, errorBefore: before)
        let rows = reliability.calibration.rows
        if scaling == nil, rows > 0 {
            evidence?.notes.append(
                rows < Calibration.fewestRows
                    ? "A temperature takes at least \(Calibration.fewestRows) rows that the student has not seen, and there were \(rows)."
                    : "No temperature lowered the log loss of \(rows) unseen training rows clearly, so the probabilities are the model's own."
            )
        }
        if scaling != nil, let twin = models.labelsOnly, twin.calibration == nil {
            evidence?.notes.append(
                "The student trained on labels alone is not calibrated: compare how sure the two are with the error before calibration."
            )
        }
        return evidence
    }
}
