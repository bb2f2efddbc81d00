internal import CKernels
internal import Compute

extension FeatureLoss {
    /// Probabilistic knowledge transfer: (1/n²)·Σᵢ Σⱼ≠ᵢ q(j|i)·log(q(j|i)/p(j|i)), where p(j|i) is the share of K(sᵢ, sⱼ) in the sum of K(sᵢ, sₖ)
    /// over k ≠ i, q the same of the teacher's, and K(a, b) = (cos(a, b) + 1)/2.
    ///
    /// Source: Passalis and Tefas, "Learning Deep Representations with Probabilistic Knowledge Transfer" (ECCV 2018), equations 4 to 8: not
    /// symmetric, the teacher's distribution first; the division by n² as in the authors' code, with the weight 30000 of Tian, Krishnan and Isola
    /// (ICLR 2020), appendix.
    public static let pkt = FeatureLoss(rawValue: "pkt")
}

/// Probabilistic knowledge transfer.
enum ProbabilisticTransfer: FeatureComparison {
    static let publishedWeight = 30_000.0
    static let requirement = FeatureRequirement.nothing
    static let isRelational = true

    static func scratchCount(rows: Int, tap: LossTap) -> Int {
        3 * rows * rows + rows + rows * tap.width + rows * max(tap.width, tap.teacherWidth)
    }

    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double {
        guard let teacher = tap.teacher, let scratch = batch.scratch else { return 0 }
        let (n, width, teacherWidth) = (batch.rows, tap.width, tap.teacherWidth)
        let (own, other, slopes, lengths) = (scratch, scratch + n * n, scratch + 2 * n * n, scratch + 3 * n * n)
        let (unit, room) = (lengths + n, lengths + n + n * width)
        attar_unit_rows(teacher, room, lengths, n, teacherWidth)
        BLAS.product(room, room, into: other, rows: n, columns: n, inner: teacherWidth, transposingRight: true)
        attar_unit_rows(tap.values, unit, lengths, n, width)
        BLAS.product(unit, unit, into: own, rows: n, columns: n, inner: width, transposingRight: true)
        let share = weight / Double(n * n)
        guard let gradient = tap.gradient else { return attar_neighbour_divergence(own, other, nil, n, share) }
        let value = attar_neighbour_divergence(own, other, slopes, n, share)
        attar_add_transpose(slopes, n)
        // (n, width) = slopes of the cosines (n, n) · unit rows (n, width)
        BLAS.product(slopes, unit, into: room, rows: n, columns: width, inner: n)
        attar_unit_rows_gradient(unit, lengths, room, gradient, n, width)
        return value
    }
}
