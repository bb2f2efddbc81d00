package import Compute

extension CalibrationEvidence.Chance {
    /// Draws of labels, fewer of many rows: 500 up to 40,000 rows.
    private static func draws(_ rows: Int) -> Int { max(100, min(500, 20_000_000 / max(1, rows))) }

    /// The calibration error of probabilities, chance taken off.
    ///
    /// - Parameters:
    ///   - weighting: how much the rows count.
    ///   - seed: draws of labels follow from it.
    package init(_ probabilities: Matrix, _ labels: [Int32], weights: [Float], units: [Int32]? = nil, seed: UInt64) {
        let weighting = RowWeighting(weights, units: units)
        let statistics = RowStatistics(classes: probabilities, labels, teacher: nil)
        guard case .gaps(let place, let confidences) = statistics.intervals[.expectedCalibrationError] else {
            preconditionFailure("classes have a calibration error")
        }
        let bins = statistics.binned[place]
        let (debiased, interval) = CalibrationGap(bins, confidences: confidences, weighting)
            .estimate(.twoSided)
        let total = weights.reduce(0) { $0 + Double($1) }
        var generator = SeededGenerator(seed: seed, stream: "calibrated labels")
        let shown = (0..<Self.draws(labels.count)).map { _ in
            var sums = [Double](repeating: 0, count: bins.count)
            for (row, bin) in bins.bins.enumerated() where bin >= 0 {
                let isRight = generator.uniform() < confidences[row]
                sums[Int(bin)] += Double(weights[row]) * Double((isRight ? 1 : 0) - confidences[row])
            }
            return total > 0 ? sums.reduce(0) { $0 + abs($1) } / total : 0
        }.sorted()
        self.init(
            expected: shown.reduce(0, +) / Double(shown.count), most: Estimate.percentile(0.98, of: shown),
            error: Estimate(value: debiased, low: interval.low, high: interval.high))
    }

    init(_ probabilities: Matrix, _ labels: [Int32], _ judged: JudgedRows) {
        self.init(probabilities, labels, weights: judged.weights, units: judged.problem.units, seed: judged.seed)
        error = judged.dependence.widened(error, in: 0...1)
    }

    /// Whether an error is more than chance shows.
    package func isExceeded(by shown: Double) -> Bool { shown > most }
}
