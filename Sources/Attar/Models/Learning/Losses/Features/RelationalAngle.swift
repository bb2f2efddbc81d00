internal import CKernels
internal import Compute

extension FeatureLoss {
    /// Relational distillation by angles: the mean over all n³ triples of Huber's loss, with its bend at 1, between the cosine of the angle
    /// at sⱼ from sᵢ to sₖ and the teacher's; 0 where two of the rows are the same.
    ///
    /// Source: Park et al., "Relational Knowledge Distillation" (CVPR 2019), equations 9 to 11; the mean over triples as in the authors' code,
    /// with the weight 50, twice that of distances.
    ///
    /// - Complexity: O(n³) time beside O(n²·width) for the distances that the angles follow from; O(n²) memory.
    public static let angle = FeatureLoss(rawValue: "angle")
}

/// Relational distillation by angles.
enum RelationalAngle: FeatureComparison {
    static let publishedWeight = 50.0
    static let requirement = FeatureRequirement.nothing
    static let isRelational = true

    static func scratchCount(rows: Int, tap: LossTap) -> Int { 5 * rows * rows }

    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double {
        guard let teacher = tap.teacher, let scratch = batch.scratch else { return 0 }
        let (n, width) = (batch.rows, tap.width)
        let (own, other, slopes, room) = (scratch, scratch + n * n, scratch + 2 * n * n, scratch + 3 * n * n)
        attar_squared_distances(tap.values, own, n, width)
        attar_squared_distances(teacher, other, n, tap.teacherWidth)
        let share = weight / Double(n * n * n)
        guard let gradient = tap.gradient else { return attar_relational_angles(own, other, nil, n, share, room) }
        let value = attar_relational_angles(own, other, slopes, n, share, room)
        attar_squared_distances_gradient(tap.values, slopes, gradient, n, width)
        return value
    }
}
