extension Evidence {
    /// Sets of classes, or intervals, that hold the truth as often as they promise.
    public var coverage: CoverageEvidence? { self[CoverageEvidence.self] }
}

extension EvidencePart {
    /// What sets and intervals hold.
    public static let coverage = EvidencePart(CoverageEvidence.self) { measurement in
        let reliability = measurement.background.reliability
        var evidence = try CoverageEvidence(
            measurement.judged, features: measurement.features, tree: reliability.tree, stored: reliability.sets,
            allowsEmpty: reliability.allowsEmpty)
        if measurement.kind.judging.lossKind == .sizes, reliability.tree == nil {
            evidence?.notes.append(
                "What is gained by not answering was not measured, for the same reason: only such intervals tell which rows are unsure."
            )
        }
        return evidence
    }
}
