import Attar

/// The section of each part of the evidence, by its key. A part of another's making is drawn from the exhibits that it gives.
private let sections: [String: @Sendable (Subject) -> String] = [
    TrainingEvidence.key: trainingSection,
    CalibrationEvidence.key: calibrationSection,
    SelectiveEvidence.key: selectionSection,
    CoverageEvidence.key: coverageSection,
    ShiftEvidence.key: shiftSection,
    OutOfDistributionEvidence.key: strangeRowsSection,
    SliceEvidence.key: sliceSection,
    LearningEvidence.key: learningSection,
    DisagreementEvidence.key: disagreementSection,
]

/// The sections of what was measured, in the order in which the task names its evidence.
func evidenceSections(_ subject: Subject) -> [String] {
    subject.kind.judging.evidence.map { key in
        if let section = sections[key] { return section(subject) }
        return subject.evidence[key].map(exhibitSection) ?? ""
    }
}
