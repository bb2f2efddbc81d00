/// The continuous ranked probability score of a forecast made of equally likely values: E|X − y| − ½ E|X − X′|, in the target's unit; lower is
/// better, and for a single value it is the absolute error. Gneiting and Raftery (JASA 2007), section 4.2.
package struct RankedProbabilityScore: Sendable {
    /// The forecast's deviations from the prediction, from small to large.
    private let deviations: [Double]
    private let spread: Double

    /// A forecast of the prediction plus each of the deviations.
    package init(_ deviations: [Double]) {
        self.deviations = deviations.sorted()
        let count = Double(deviations.count)
        // ½ E|X − X′| = Σ (2i − m − 1) x₍ᵢ₎ / m², i from 1.
        spread =
            self.deviations.enumerated().reduce(0) { $0 + (2 * Double($1.offset) + 1 - count) * $1.element }
            / (count * count)
    }

    /// At most so many quantiles of residuals, as a forecast.
    package init(quantilesOf residuals: [Double], most: Int = 99) {
        let sorted = residuals.sorted()
        self.init(
            sorted.count <= most
                ? sorted
                : (0..<most).map { Estimate.percentile((Double($0) + 0.5) / Double(most), of: sorted) })
    }

    /// The score where the value lies so far above the prediction.
    package func score(residual: Double) -> Double {
        deviations.reduce(0) { $0 + abs($1 - residual) } / Double(max(1, deviations.count)) - spread
    }
}
