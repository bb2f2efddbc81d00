/// How much worse than the teacher the student is at most, at 95 % confidence.
public struct NonInferiority: EvidenceResult {
    public static let key = "nonInferiority"

    /// The metric: `accuracy` or `r2`.
    public var metric: String
    /// The teacher's figure minus the student's.
    public var deficit: Double
    /// The upper end of its one-sided 95 % interval of the paired difference: with 95 % confidence the student is at most this much worse.
    public var bound: Double
    /// The same as a sentence.
    public var text: String
}

extension Evidence {
    /// How much worse than the teacher the student may be.
    public var nonInferiority: NonInferiority? { self[NonInferiority.self] }
}

extension EvidencePart {
    /// How much worse than the teacher the student may be.
    public static let nonInferiority = EvidencePart(NonInferiority.self) { measurement in
        measurement.differenceToTeacher.flatMap { NonInferiority(difference: $0, measurement.judged) }
    }
}
