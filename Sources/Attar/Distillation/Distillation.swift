/// What a distillation run gives: the student and the evidence on it.
public struct Distillation: Sendable {
    /// The student that was chosen, trained on all training rows.
    public let student: any Model
    /// The teacher where Attar trained or loaded it as a model; nil for a file of predictions.
    public let teacher: (any Model)?
    /// The artifact: student, certificate, recipe and fingerprints, ready to be written.
    public let artifact: Artifact
    /// The evidence.
    public let certificate: Certificate
}
