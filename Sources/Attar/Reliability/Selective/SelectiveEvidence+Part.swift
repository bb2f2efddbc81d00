extension Evidence {
    /// What is gained by not answering where the student is unsure.
    public var selection: SelectiveEvidence? { self[SelectiveEvidence.self] }
}

extension EvidencePart {
    /// When it is better not to answer.
    public static let selection = EvidencePart(SelectiveEvidence.self) { measurement in
        SelectiveEvidence(
            measurement.judged, features: measurement.features, tree: measurement.background.reliability.tree)
    }
}
