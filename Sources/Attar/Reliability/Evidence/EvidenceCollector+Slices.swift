internal import Compute

extension EvidenceCollector {
    /// Figures of parts of the rows, and where models differ.
    func addSlices(to evidence: inout Evidence, _ sample: TrainingSample?) throws {
        evidence.disagreement = DisagreementEvidence(of: judged)
        var distances: [Float]?
        if let space = sample?.space {
            let rows = space.coordinates(of: try models.student.encoder.encoded(judged.rows))
            distances = MahalanobisDistance(to: space.coordinates, labels: nil).squared(of: rows)
        }
        evidence.slices = SliceEvidence(of: judged, distances: distances, threads: availableThreads())
    }

    /// Some of the training rows; nil where they are not at hand.
    func trainingSample() throws -> TrainingSample? {
        try training.map { try TrainingSample(of: $0, encoder: models.student.encoder, seed: judged.seed) }
    }
}
