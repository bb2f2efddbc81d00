internal import CKernels
internal import Compute

extension FeatureLoss {
    /// Hints: the mean over the elements of (r(s) − t)², where r is a learned projection: a dense layer, which for pictures and sequences
    /// works at each position by itself, as a 1 × 1 convolution does. The projection is trained with the student and dropped afterwards.
    ///
    /// Source: Romero et al., "FitNets: Hints for Thin Deep Nets" (ICLR 2015), equation 3, as a term beside the others rather than a
    /// stage before them, with the mean over elements and the weight 100 of Tian, Krishnan and Isola, "Contrastive Representation
    /// Distillation" (ICLR 2020), appendix.
    public static let hint = FeatureLoss(rawValue: "hint")
}

/// Hints.
enum Hint: FeatureComparison {
    static let publishedWeight = 100.0
    static let requirement = FeatureRequirement.projection
    static let isRelational = false

    static func scratchCount(rows: Int, tap: LossTap) -> Int { 0 }

    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double {
        guard let teacher = tap.teacher, batch.divisor > 0 else { return 0 }
        return attar_hint(
            tap.values, teacher, batch.weights, tap.gradient, batch.rows, tap.width, weight / batch.divisor)
    }
}
