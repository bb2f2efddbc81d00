extension ScoreQuantiles {
    /// The quantiles of scores.
    ///
    /// - Parameter weights: one a score; nil weighs all the same. Scores that are no number count as the worst.
    package init(_ scores: [Double], weights: [Float]? = nil) {
        let kept = scores.indices.filter { (weights?[$0] ?? 1) > 0 }
        let order = kept.sorted { Self.worst(scores[$0]) < Self.worst(scores[$1]) }
        let sorted = order.map { Self.worst(scores[$0]) }
        guard let weights else {
            let shares = order.indices.map { Double($0 + 1) / Double(order.count + 1) }
            self.init(rows: order.count, scores: sorted, shares: shares)
            return
        }
        let total = order.reduce(0) { $0 + Double(weights[$1]) }
        let all = total + total / Double(max(1, order.count))
        var sum = 0.0
        let shares = order.map {
            sum += Double(weights[$0])
            return sum / all
        }
        self.init(rows: order.count, scores: sorted, shares: shares)
    }

    private static func worst(_ score: Double) -> Double { score.isNaN ? .infinity : score }
}
