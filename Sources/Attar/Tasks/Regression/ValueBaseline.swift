extension Baseline {
    /// The mean of each output; the medians where tails are heavy, so that a few values decide nothing.
    ///
    /// Tails are heavy where the middle 95 % are more than 3.5 times as wide as the middle half (Crow and Siddiqui, Journal of the American Statistical Association 62,
    /// 1967): 2.9 for the normal, 3.3 for the exponential, 4.2 for the t distribution with three degrees of freedom, 4.8 for the log-normal.
    init?(values truth: Truth, weights: [Float]?) {
        let values = truth.values
        guard values.rows > 0 else { return nil }
        let outputs = (0..<values.columns).map { output in
            (0..<values.rows).compactMap { row -> (value: Float, weight: Double)? in
                values[row, output].isNaN ? nil : (values[row, output], Double(weights?[row] ?? 1))
            }.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
        }
        let isHeavy = outputs.contains(where: Self.hasHeavyTails)
        self.init(
            outputs.map { isHeavy ? Self.quantile(0.5, of: $0) : Self.mean($0) },
            name: (isHeavy ? "the median" : "the mean") + (outputs.count > 1 ? " of each output" : ""),
            beatenIn: isHeavy ? .mae : .mse)
    }

    /// Rows from which quantiles at 2.5 % say something.
    private static let fewestRows = 100

    private static func hasHeavyTails(_ values: [(value: Float, weight: Double)]) -> Bool {
        guard values.count >= fewestRows else { return false }
        func width(_ tail: Double) -> Double {
            Double(quantile(1 - tail, of: values)) - Double(quantile(tail, of: values))
        }
        return width(0.025) > 3.5 * width(0.25)
    }

    private static func mean(_ values: [(value: Float, weight: Double)]) -> Float {
        let total = values.reduce(0) { $0 + $1.weight }
        return total > 0 ? Float(values.reduce(0) { $0 + $1.weight * Double($1.value) } / total) : 0
    }

    /// The least of sorted values up to which the given share of the weight lies.
    private static func quantile(_ share: Double, of values: [(value: Float, weight: Double)]) -> Float {
        let total = values.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for (value, weight) in values {
            sum += weight
            if sum >= share * total { return value }
        }
        return values.last?.value ?? 0
    }
}
