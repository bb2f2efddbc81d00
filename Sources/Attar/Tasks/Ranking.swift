public import Compute

/// What tells whether a model's answers put rows in order: a figure, and what it is where they do not.
public struct Ranking: Sendable {
    /// The figure.
    public let metric: Metric
    /// What it is for answers that know nothing of the rows.
    public let floor: Double
    /// How likely answers that know nothing of the rows are to order them as well as these; exact, so that it holds for a handful of rows, too. Nil where only the
    /// figure's interval tells.
    public let chance: (@Sendable (_ answers: Matrix, _ truth: Truth, _ seed: UInt64) -> Double)?

    /// What tells whether answers put rows in order.
    ///
    /// - Parameters:
    ///   - metric: the figure; a higher one is better.
    ///   - floor: what it is for answers that know nothing.
    ///   - chance: the probability that these order the rows as well.
    public init(
        _ metric: Metric, floor: Double,
        chance: (@Sendable (_ answers: Matrix, _ truth: Truth, _ seed: UInt64) -> Double)? = nil
    ) {
        (self.metric, self.floor, self.chance) = (metric, floor, chance)
    }
}
