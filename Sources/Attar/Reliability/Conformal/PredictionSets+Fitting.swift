extension PredictionSets {
    /// Thresholds from the scores of some rows.
    ///
    /// - Parameter positions: which of them; nil for all.
    package init(_ scored: ScoredRows, at positions: [Int]? = nil, seed: UInt64) {
        let positions = positions ?? Array(0..<scored.weights.count)
        let plain = scored.weights.allSatisfy { $0 == 1 }
        func quantiles(_ scores: [Double], _ rows: [Int]) -> ScoreQuantiles {
            ScoreQuantiles(rows.map { scores[$0] }, weights: plain ? nil : rows.map { scored.weights[$0] })
        }
        var found: [ScoreQuantiles] = []
        if scored.method.isByClass {
            var members = [[Int]](repeating: [], count: scored.task.width)
            for row in positions where scored.labels[row] >= 0 { members[Int(scored.labels[row])].append(row) }
            found = members.map { quantiles(scored.scores[0], $0) }
        } else {
            found = scored.scores.map { quantiles($0, positions) }
        }
        self.init(
            scored.method, task: scored.task, rows: positions.count, seed: seed, quantiles: found, tree: scored.tree,
            allowsEmpty: scored.allowsEmpty)
    }
}
