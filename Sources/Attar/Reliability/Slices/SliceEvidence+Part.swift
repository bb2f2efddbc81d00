internal import Compute

extension Evidence {
    /// Figures of parts of the rows.
    public var slices: SliceEvidence? { self[SliceEvidence.self] }
}

extension EvidencePart {
    /// Figures of parts of the rows, and those on which the student falls behind.
    public static let slices = EvidencePart(SliceEvidence.self) { measurement in
        let distances = try measurement.trainingSample()?.space.map { space in
            MahalanobisDistance(to: space.coordinates, labels: nil)
                .squared(of: space.coordinates(of: measurement.features))
        }
        return SliceEvidence(of: measurement.judged, distances: distances, threads: availableThreads())
    }
}
