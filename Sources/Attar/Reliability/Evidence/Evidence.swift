/// What the test rows say of a student besides its figures: how far its answers can be trusted, where, and when not.
///
/// Parts are nil where they could not be measured: a reason then stands among the certificate's notes.
public struct Evidence: Hashable, Codable, Sendable {
    /// How much worse than the teacher the student may be.
    public var nonInferiority: NonInferiority?
    /// Whether probabilities mean what they say.
    public var calibration: CalibrationEvidence?
    /// Sets of classes, or intervals, that hold the truth as often as they promise.
    public var coverage: CoverageEvidence?
    /// What is gained by not answering where the student is unsure.
    public var selection: SelectiveEvidence?
    /// Whether strange rows can be told from usual ones.
    public var outOfDistribution: OutOfDistributionEvidence?
    /// What becomes of answers where rows change.
    public var shift: ShiftEvidence?
    /// Figures of parts of the rows.
    public var slices: SliceEvidence?
    /// What the models know by heart, and how many rows they need.
    public var learning: LearningEvidence?
    /// Where student, teacher and labels differ.
    public var disagreement: DisagreementEvidence?
    /// The losses of the fits, epoch by epoch.
    public var training: [TrainingCurve] = []

    /// No evidence yet.
    public init() {}
}

/// How much worse than the teacher the student is at most, at 95 % confidence.
public struct NonInferiority: Hashable, Codable, Sendable {
    /// The metric: `accuracy` or `r2`.
    public var metric: String
    /// The teacher's figure minus the student's.
    public var deficit: Double
    /// The upper end of its one-sided 95 % interval, by paired bootstrap: with 95 % confidence the student is at most this much worse.
    public var bound: Double
    /// The same as a sentence.
    public var text: String
}

/// The losses of one fit.
public struct TrainingCurve: Hashable, Codable, Sendable {
    /// Whose: `student`, `labelsOnly`.
    public var model: String
    /// The fit's seed.
    public var seed: UInt64
    /// The mean training loss of each epoch.
    public var loss: [Double]
    /// The loss on validation rows after each epoch; empty where there were none.
    public var validationLoss: [Double]
}
