/// The area under the ROC curve of one class, with what its interval stands on.
package struct AreaOfClass: Sendable {
    /// The area.
    let area: Double
    /// Rows of the class, and all others, as many as their weights are worth.
    let rows: (positive: Double, negative: Double)
    /// The variance by the placements of DeLong, DeLong and Clarke-Pearson (1988).
    let variance: Double

    /// An area.
    package init(area: Double, rows: (positive: Double, negative: Double), variance: Double) {
        (self.area, self.rows, self.variance) = (area, rows, variance)
    }

    /// The area with its score interval: method 5 of Newcombe (Statistics in Medicine 25, 2006).
    ///
    /// The ends are the areas that are so many of *their* deviations away, where rows of the class lie as Hanley and McNeil (1982) take them to. So it has a width
    /// where the area is 1, too.
    package func estimate(_ level: ConfidenceLevel) -> Estimate {
        let (positive, negative) = rows
        let middle = (positive + negative) / 2 - 1
        func deviation(_ area: Double) -> Double {
            let more = max(0, middle) * ((1 - area) / (2 - area) + area / (1 + area))
            return (max(0, area * (1 - area) * (1 + more)) / (positive * negative)).squareRoot()
        }
        let low = bisected(1 - area, 1) { area - (1 - $0) <= level.deviate * deviation(1 - $0) }
        let high = bisected(area, 1) { $0 - area <= level.deviate * deviation($0) }
        return Estimate(value: area, low: min(area, 1 - low), high: max(area, high))
    }
}
