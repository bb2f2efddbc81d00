internal import Compute

/// The rows that families learn from which find by themselves how strange rows are.
enum DetectorRows {
    /// The rows that count; how much they count beyond that is not looked at but where rows are drawn, as rows are strange or not whatever they weigh.
    ///
    /// - Parameter fewest: rows that it takes.
    /// - Throws: `AttarError`: `invalidSetting` where labels or a teacher say what is right, or there are too few rows; `schemaMismatch` where rows have no features.
    static func rows(atLeast fewest: Int, in set: TransferSet, _ family: Family) throws -> (
        features: Matrix, weights: [Float]
    ) {
        let rows = try UntaughtRows(set, of: family, for: .anomaly, example: family.name)
        guard rows.features.columns > 0 else {
            throw AttarError(
                .schemaMismatch, "\(family.name) tells rows by their features, and these rows have none",
                remedy: "Give rows with columns that differ")
        }
        guard rows.weights.count >= fewest else {
            throw AttarError(
                .invalidSetting, "\(family.name) takes at least \(fewest) rows, and there are \(rows.weights.count)",
                remedy: fewest > 2 ? "Give more rows, or fewer neighbours" : "Give more rows")
        }
        return (rows.features, rows.weights)
    }
}
