internal import Compute

extension Evidence {
    /// Whether probabilities mean what they say.
    public var calibration: CalibrationEvidence? { self[CalibrationEvidence.self] }
}

extension EvidencePart {
    /// Diagrams of all models, and what calibrating the student changed; nothing for values.
    public static let calibration = EvidencePart(CalibrationEvidence.self) { measurement in
        let (judged, models) = (measurement.judged, measurement.models)
        let scaling = models.student.calibration
        // Without its temperature only the shipped student is at hand, which may have learned from the rows.
        let before =
            judged.isCrossFitted
            ? nil
            : scaling.flatMap { _ in
                let plain = models.student.uncalibrated.outputs(for: measurement.features).matrix
                return judged.kind.judging.statistics(plain, judged.truth, teacher: nil, weights: nil)
                    .values(weights: judged.weights)[.expectedCalibrationError]
            }
        let rows = measurement.background.reliability.calibration.rows
        var evidence = CalibrationEvidence(
            judged, method: scaling == nil ? "none" : "temperature", temperature: scaling?.temperature,
            fittedRows: rows,
            errorBefore: before)
        if case .classes(let labels) = judged.truth {
            evidence?.chance = CalibrationEvidence.Chance(judged.answers.student, labels, judged)
        }
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
