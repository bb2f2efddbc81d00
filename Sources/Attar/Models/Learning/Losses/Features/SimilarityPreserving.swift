internal import CKernels
internal import Compute

extension FeatureLoss {
    /// Similarity-preserving distillation: (1/n²)·‖G(S) − G(T)‖², where G is the (n, n) matrix of the rows' inner products with each row
    /// divided by its length.
    ///
    /// Source: Tung and Mori, "Similarity-Preserving Knowledge Distillation" (ICCV 2019), equations 1 to 4, with their weight 3000.
    public static let similarity = FeatureLoss(rawValue: "similarity")
}

/// Similarity-preserving distillation.
enum SimilarityPreserving: FeatureComparison {
    static let publishedWeight = 3000.0
    static let requirement = FeatureRequirement.nothing
    static let isRelational = true

    static func scratchCount(rows: Int, tap: LossTap) -> Int { 4 * rows * rows + rows + rows * tap.width }

    static func evaluate(_ batch: LossBatch, _ tap: LossTap, weight: Double) -> Double {
        guard let teacher = tap.teacher, let scratch = batch.scratch else { return 0 }
        let (n, width) = (batch.rows, tap.width)
        let (products, own, other, slopes) = (scratch, scratch + n * n, scratch + 2 * n * n, scratch + 3 * n * n)
        let (lengths, room) = (scratch + 4 * n * n, scratch + 4 * n * n + n)
        BLAS.product(
            teacher, teacher, into: products, rows: n, columns: n, inner: tap.teacherWidth, transposingRight: true)
        attar_unit_rows(products, other, lengths, n, n)
        BLAS.product(tap.values, tap.values, into: products, rows: n, columns: n, inner: width, transposingRight: true)
        attar_unit_rows(products, own, lengths, n, n)
        let share = weight / Double(n * n)
        guard let gradient = tap.gradient else { return attar_squared_differences(own, other, nil, n * n, share) }
        let value = attar_squared_differences(own, other, slopes, n * n, share)
        products.update(repeating: 0, count: n * n)
        attar_unit_rows_gradient(own, lengths, slopes, products, n, n)
        attar_add_transpose(products, n)
        // (n, width) = slopes of the inner products (n, n) · values (n, width)
        BLAS.product(products, tap.values, into: room, rows: n, columns: width, inner: n)
        attar_add(gradient, room, n * width)
        return value
    }
}
