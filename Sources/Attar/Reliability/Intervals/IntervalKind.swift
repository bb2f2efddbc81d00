/// What a metric's interval is made from. A metric that says nothing of it gets the percentiles of its bootstrap replicates.
enum IntervalKind: Sendable {
    /// A share of the rows: of each, whether it counts, by 1 or 0.
    case share([Float])
    /// A mean over the rows, or what is one to first order.
    case mean
    /// A mean over rows of classes, some of which have hardly a row that shows what they cost.
    case loss(rare: [RareClass])
    /// The mean over the classes of the share of their rows that count.
    case recalls(hits: [Float], labels: [Int32], classes: Int)
    /// The mean over the classes of F1.
    case overlaps(labels: [Int32], answers: [Int32], classes: Int)
    /// The mean over the classes of areas under ROC curves.
    case areas([AreaOfClass], absent: Int)
    /// The mean over the classes of average precisions.
    case precisions([PrecisionOfClass], absent: Int)
    /// Matthews' correlation.
    case matthews(labels: [Int32], answers: [Int32], classes: Int)
    /// A correlation.
    case correlation
    /// A sum of bins' sizes: the position of the bins among those of the statistics, and the probability of each row's answer.
    case gaps(bins: Int, confidences: [Float])
    /// What the metric itself says of a single model's figure; percentiles of replicates where those reach further, and of differences.
    case derived(@Sendable (RowWeighting, ConfidenceLevel) -> Estimate)
}

/// A class of which there are fewer than three rows.
struct RareClass: Sendable {
    /// How many there are.
    let rows: Int
    /// What the mean would be were all rows of it.
    let loss: Double
}

extension RowStatistics {
    /// How much a metric would change, per share of weight, were a row there once more: the derivative with respect to the sums, one number a row.
    func influence(of index: Int, weights: [Float]) -> [Float] {
        let total = weights.reduce(0) { $0 + Double($1) }
        var (sums, sizes) = ([Double](), [Double]())
        for statistic in 0..<statistics.rows {
            var (sum, size) = (0.0, 0.0)
            for (value, weight) in zip(statistics.row(statistic), weights) {
                sum += Double(value) * Double(weight)
                size += abs(Double(value) * Double(weight))
            }
            sums.append(sum)
            sizes.append(size)
        }
        let plain = sums.count
        for part in binned {
            let own = part.sums(weights: weights)
            sums += own
            sizes += own.map(abs)
        }
        func change(_ place: Int?, by step: Double) -> Double {
            var moved = sums
            if let place { moved[place] += step }
            return metrics(from: moved, weight: place == nil ? total + step : total)[index]
        }
        /// The derivative; 0 for sums that no row adds to.
        func slope(_ place: Int?) -> Double {
            let step = 1e-4 * (place.map { sizes[$0] } ?? total)
            return step > 0 ? (change(place, by: step) - change(place, by: -step)) / (2 * step) : 0
        }
        var influence = [Float](repeating: Float(total * slope(nil)), count: weights.count)
        func add(_ value: Float, _ slope: Double, to row: Int) { influence[row] += Float(total * slope) * value }
        for statistic in 0..<plain {
            let slope = slope(statistic)
            if slope == 0 { continue }
            for (row, value) in statistics.row(statistic).enumerated() { add(value, slope, to: row) }
        }
        var start = plain
        for part in binned {
            let slopes = (0..<part.count).map { slope(start + $0) }
            start += part.count
            if slopes.allSatisfy({ $0 == 0 }) { continue }
            for (row, bin) in part.bins.enumerated() where bin >= 0 { add(part.values[row], slopes[Int(bin)], to: row) }
        }
        return influence
    }
}
