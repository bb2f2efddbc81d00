internal import CKernels
internal import Compute

extension FeatureLoss {
    /// Relational distillation by distances: the mean over all n² pairs of Huber's loss, with its bend at 1, between ‖sᵢ − sⱼ‖/μ and the
    /// teacher's, where μ is the mean of a batch's distances that are not 0.
    ///
    /// Source: Park et al., "Relational Knowledge Distillation" (CVPR 2019), equations 5 to 8; the mean over pairs as in the authors' code,
    /// with the weight 25.
    public static let distance = FeatureLoss(rawValue: "distance")
}

/// Relational distillation by distances.
enum RelationalDistance: FeatureComparison {
    static let publishedWeight = 25.0
    static let requirement = FeatureRequirement.nothing
    static let isRelational = true

    static func scratchCount(rows: Int, tap: LossTap) -> Int { 3 * rows * rows }

    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double {
        guard let teacher = tap.teacher, let scratch = batch.scratch else { return 0 }
        let (n, width) = (batch.rows, tap.width)
        let (own, other, slopes) = (scratch, scratch + n * n, scratch + 2 * n * n)
        attar_squared_distances(tap.values, own, n, width)
        attar_squared_distances(teacher, other, n, tap.teacherWidth)
        let share = weight / Double(n * n)
        guard let gradient = tap.gradient else { return attar_relational_distances(own, other, nil, n, share) }
        let value = attar_relational_distances(own, other, slopes, n, share)
        attar_squared_distances_gradient(tap.values, slopes, gradient, n, width)
        return value
    }
}
