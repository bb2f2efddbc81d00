/// How much further figures may be off than independent rows tell, where each row was answered by a student that learned from the other parts of the rows.
///
/// Students of different parts share most of the rows that they learned from, so that their mistakes vary together. With rows in k parts, of which one is asked about and the
/// others are learned from, the variance is taken to be 1 + k · 1 / (k − 1) times that of independent rows (Nadeau and Bengio, Machine Learning 52, 2003).
package struct FoldDependence: Hashable, Sendable {
    /// What deviations are multiplied by; 1 for rows that are independent.
    package let factor: Double

    private init(factor: Double) { self.factor = factor }

    /// Independent rows, all answered by one student.
    package static let none = FoldDependence(factor: 1)

    /// Rows in so many parts.
    ///
    /// - Precondition: there are at least two.
    package init(parts: Int) {
        precondition(parts >= 2, "something has to be left to learn from")
        factor = (1 + Double(parts) / Double(parts - 1)).squareRoot()
    }

    /// An interval whose ends are as much further from its figure, within the range that the figure can have.
    package func widened(
        _ estimate: Estimate, in range: ClosedRange<Double> = -Double.infinity...Double.infinity
    ) -> Estimate {
        if factor == 1 { return estimate }
        let (value, low, high) = (estimate.value, estimate.low, estimate.high)
        return Estimate(value: value, low: value - factor * (value - low), high: value + factor * (high - value))
            .clamped(to: range)
    }

    /// The chance, one-sided, of a deviation that is so much smaller than it seems.
    package func chance(_ chance: Double) -> Double {
        if factor == 1 || chance >= 1 || chance <= 0 { return chance }
        return NormalDistribution.probability(below: NormalDistribution.quantile(chance) / factor)
    }
}
