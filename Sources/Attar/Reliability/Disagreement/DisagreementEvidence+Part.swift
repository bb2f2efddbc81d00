extension Evidence {
    /// Where student, teacher and labels differ.
    public var disagreement: DisagreementEvidence? { self[DisagreementEvidence.self] }
}

extension EvidencePart {
    /// Where models differ.
    public static let disagreement = EvidencePart(DisagreementEvidence.self) { DisagreementEvidence(of: $0.judged) }
}
