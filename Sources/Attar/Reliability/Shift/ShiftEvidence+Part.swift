internal import Compute

extension Evidence {
    /// What becomes of answers where rows change.
    public var shift: ShiftEvidence? { self[ShiftEvidence.self] }
    /// Whether strange rows can be told from usual ones.
    public var outOfDistribution: OutOfDistributionEvidence? { self[OutOfDistributionEvidence.self] }
}

extension EvidencePart {
    /// What becomes of answers where rows change.
    public static let shift = EvidencePart(ShiftEvidence.self) { measurement in
        if measurement.isCrossFitted { return nil }
        let changed = try await measurement.changedRows()
        var evidence = ShiftEvidence(changed.study, changed.answers, notes: changed.notes, threads: availableThreads())
        evidence.covariate = measurement.background.partial?.side.map {
            ShiftEvidence.Covariate($0.pair, on: $0.testRows, of: measurement)
        }
        return evidence
    }

    /// Whether changed rows can be told from those as they are.
    public static let outOfDistribution = EvidencePart(OutOfDistributionEvidence.self) { measurement in
        if measurement.isCrossFitted { return nil }
        let changed = try await measurement.changedRows()
        return try OutOfDistributionEvidence(
            changed.study, changed.answers, model: measurement.student, sample: measurement.trainingSample(),
            threads: availableThreads())
    }
}

extension ShiftEvidence.Covariate {
    /// Students that learned from one side of the rows, on the test rows of the other.
    fileprivate init(_ pair: PartialStudents.Pair, on rows: [Int], of measurement: Measurement) {
        let (judged, metrics) = (measurement.judged, measurement.kind.metrics)
        let features = measurement.features.selecting(rows: rows)
        let teacher = judged.answers.teacher?.selecting(rows: rows)
        let both = SideBySide(student: pair.distilled, labelsOnly: pair.labelsOnly).map {
            $0.outputs(for: features).matrix
        }
        self.init(
            text:
                "test rows above the 75th percentile of the first principal component of the training rows, by students that learned from the training rows below",
            rows: rows.count,
            figures: ShiftEvidence.Figures(
                quality: both.map {
                    judged.figure(metrics.main, of: $0, at: rows, teacher: metrics.main.isToTeacher ? teacher : nil)
                },
                agreement: teacher.map { teacher in
                    both.map { judged.figure(metrics.fidelity, of: $0, at: rows, teacher: teacher) }
                }))
    }
}
