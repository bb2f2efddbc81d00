internal import CKernels
internal import Compute

extension FeatureLoss {
    /// Attention transfer: the mean over the positions of (a/‖a‖ − b/‖b‖)², where a and b are the sums of squares over the channels of
    /// student and teacher at each position.
    ///
    /// Source: Zagoruyko and Komodakis, "Paying More Attention to Attention" (ICLR 2017), equation 2 with F²sum, its difference squared as in
    /// the authors' code, and their weight of 1000 divided by the number of positions and rows.
    public static let attention = FeatureLoss(rawValue: "attention")
}

/// Attention transfer.
enum AttentionTransfer: FeatureComparison {
    static let publishedWeight = 1000.0
    static let requirement = FeatureRequirement.positions
    static let isRelational = false

    static func scratchCount(rows: Int, tap: LossTap) -> Int { 2 * positions(tap) }

    private static func positions(_ tap: LossTap) -> Int { tap.width / tap.dimensions.last }

    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double {
        guard let teacher = tap.teacher, let scratch = batch.scratch, batch.divisor > 0 else { return 0 }
        return attar_attention(
            tap.values, tap.dimensions.last, teacher, tap.teacherDimensions.last, batch.weights, tap.gradient,
            batch.rows, positions(tap), weight / batch.divisor, scratch)
    }
}
