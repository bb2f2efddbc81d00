extension Estimate {
    /// A share of rows with its 95 % interval by Wilson (JASA 1927).
    ///
    /// - Parameters:
    ///   - hits: of each row whether it counts, by 1 or 0.
    ///   - weights: one a row. The interval stands on as many rows as weigh the same: (Σ w)² / Σ w², Kish (1965).
    package init(share hits: [Double], weights: [Float]) {
        var (total, squares, sum) = (0.0, 0.0, 0.0)
        for (hit, weight) in zip(hits, weights) {
            let weight = Double(weight)
            total += weight
            squares += weight * weight
            sum += weight * hit
        }
        guard total > 0 else {
            self.init(value: 0, low: 0, high: 1)
            return
        }
        let (share, rows) = (sum / total, total * total / squares)
        let z = 1.959963984540054
        let scale = 1 + z * z / rows
        let middle = (share + z * z / (2 * rows)) / scale
        let half = z / scale * (share * (1 - share) / rows + z * z / (4 * rows * rows)).squareRoot()
        self.init(value: share, low: max(0, min(share, middle - half)), high: min(1, max(share, middle + half)))
    }
}
