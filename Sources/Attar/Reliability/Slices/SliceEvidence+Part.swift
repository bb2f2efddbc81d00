internal import Compute

extension Evidence {
    /// Figures of parts of the rows.
    public var slices: SliceEvidence? { self[SliceEvidence.self] }
}

extension EvidencePart {
    /// Figures of parts of the rows, and those on which the student falls behind.
    public static let slices = EvidencePart(SliceEvidence.self) { measurement in
        // From the test rows themselves, so that the same slices are looked at where the training rows are not at hand. Numbers of tokens mean nothing.
        let isNumeric = measurement.student.encoder.columns.allSatisfy { $0.vocabulary == 0 }
        let space = isNumeric ? FeatureSpace(of: measurement.features, seed: measurement.judged.seed) : nil
        let distances = space.map {
            MahalanobisDistance(to: $0.coordinates, labels: nil).squared(of: $0.coordinates)
        }
        return SliceEvidence(of: measurement.judged, distances: distances, threads: availableThreads())
    }
}
