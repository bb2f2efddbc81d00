/// What leaving the least confident rows unanswered comes to, for one model.
///
/// Rows stand from the most confident to the least; of rows that are equally confident each counts as their mean, so that their order does
/// not matter.
package struct RiskCoverage: Sendable {
    /// Positions of the rows, the most confident first.
    package let order: [Int]
    /// Each place's confidence.
    package let confidence: [Double]
    /// Each place's error: 1 or 0, a squared error, or the mean of those that are as confident.
    package let errors: [Double]
    /// Each place's weight.
    package let weights: [Double]

    /// - Parameters:
    ///   - confidence: one a row; what is no number is the least confident.
    ///   - errors: one a row.
    ///   - weights: one a row.
    package init(confidence: [Double], errors: [Double], weights: [Float]) {
        // Reports hold finite numbers only.
        let most = Double(Float.greatestFiniteMagnitude)
        let sure = confidence.map { $0.isNaN ? -most : min(most, max(-most, $0)) }
        let order = sure.indices.sorted { (sure[$1], $0) < (sure[$0], $1) }
        var own = order.map { errors[$0] }
        let weight = order.map { Double(weights[$0]) }
        var start = 0
        while start < order.count {
            var end = start
            var (sum, total) = (0.0, 0.0)
            while end < order.count, sure[order[end]] == sure[order[start]] {
                sum += weight[end] * own[end]
                total += weight[end]
                end += 1
            }
            if end - start > 1, total > 0 { for place in start..<end { own[place] = sum / total } }
            start = end
        }
        self.order = order
        self.confidence = order.map { sure[$0] }
        self.errors = own
        self.weights = weight
    }

    /// The area under the curve of risk over coverage: the mean over rows of the risk where the row is the last that is answered. Geifman and
    /// El-Yaniv (NeurIPS 2017); El-Yaniv and Wiener (JMLR 2010).
    ///
    /// - Parameter counts: how often each place is drawn; nil for once.
    package func area(counts: [Int32]? = nil) -> Double {
        var (errorSum, weightSum, area) = (0.0, 0.0, 0.0)
        for place in errors.indices {
            let weight = weights[place] * Double(counts?[place] ?? 1)
            if weight == 0 { continue }
            errorSum += weight * errors[place]
            weightSum += weight
            area += weight * errorSum / weightSum
        }
        return weightSum > 0 ? area / weightSum : 0
    }

    /// How many places hold a share of the weight, at least one, and the mean error on them.
    package func answered(_ share: Double, counts: [Int32]? = nil) -> (places: Int, risk: Double) {
        var total = 0.0
        for place in weights.indices { total += weights[place] * Double(counts?[place] ?? 1) }
        var (errorSum, weightSum) = (0.0, 0.0)
        for place in errors.indices {
            let weight = weights[place] * Double(counts?[place] ?? 1)
            errorSum += weight * errors[place]
            weightSum += weight
            if weightSum >= share * total - 1e-9 * total {
                return (place + 1, weightSum > 0 ? errorSum / weightSum : 0)
            }
        }
        return (errors.count, weightSum > 0 ? errorSum / weightSum : 0)
    }

    /// Points of the curve, evenly spaced over the rows.
    package func points(_ most: Int) -> [SelectiveEvidence.Point] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        var points: [SelectiveEvidence.Point] = []
        var (errorSum, weightSum) = (0.0, 0.0)
        var next = 1
        for place in errors.indices {
            errorSum += weights[place] * errors[place]
            weightSum += weights[place]
            // The places where a further share of the rows is complete.
            guard (place + 1) * most >= next * errors.count, weightSum > 0 else { continue }
            next = (place + 1) * most / errors.count + 1
            points.append(SelectiveEvidence.Point(coverage: weightSum / total, risk: errorSum / weightSum))
        }
        return points
    }

    /// The lowest confidence above which the share of wrong answers is at most `risk` with a probability of 1 − δ, and the share of rows that
    /// have it; nil where none can be vouched for.
    ///
    /// Learn then test (Angelopoulos, Bates, Candès, Jordan and Lei, 2021) with fixed-sequence testing: thresholds from the strictest down, in
    /// an order that no label has a part in, each against "the rate of wrong answers is above `risk`" by the exact binomial p-value, until one
    /// is above δ. The strictest answers as many rows as could pass without a single wrong one: ⌈ln δ / ln(1 − risk)⌉.
    ///
    /// - Parameter wrong: of each row, in the rows' own order, whether it is wrong. Rows count once, whatever they weigh.
    package func guarantee(risk: Double, delta: Double, wrong: [Bool]) -> (threshold: Double, coverage: Double)? {
        let fewest = Self.fewestRows(risk: risk, delta: delta)
        let rows = order.count
        guard rows >= fewest else { return nil }
        let step = max(1, rows / 200)
        var errors = 0
        var next = fewest
        var best: Int?
        for place in order.indices {
            if wrong[order[place]] { errors += 1 }
            let isLast = place + 1 == rows
            // A threshold takes all rows that are as confident.
            guard place + 1 >= next || isLast, isLast || confidence[place + 1] < confidence[place] else { continue }
            guard Binomial.atMost(errors, of: place + 1, probability: risk) <= delta else { break }
            best = place
            next = place + 1 + step
        }
        return best.map { (confidence[$0], Double($0 + 1) / Double(rows)) }
    }

    /// Rows that it takes to vouch for a risk.
    package static func fewestRows(risk: Double, delta: Double) -> Int {
        Int((logarithm(delta) / logarithm(1 - risk) - 1e-9).rounded(.up))
    }
}
