internal import Compute

extension Ranking {
    /// Of values: R², and by chance Spearman's correlation with what is right, summed over the outputs.
    static let values = Ranking(.r2, floor: 0) { answers, truth, seed in
        let values = truth.values
        let rows = answers.rows
        let pairs = (0..<answers.columns).map { output in
            (
                standardRanks((0..<rows).map { answers[$0, output] }),
                standardRanks((0..<rows).map { values[$0, output] })
            )
        }
        return PermutationTest.chance(rows: rows, seed: seed) { firsts in
            let pairs = pairs.map { pair in (firsts.map { pair.0[$0] }, pair.1) }
            return { seconds in
                pairs.reduce(0) { sum, pair in zip(pair.0, seconds).reduce(sum) { $0 + $1.0 * pair.1[$1.1] } }
            }
        }
    }

    /// Ranks with mean 0 and length 1; 0 where they do not vary.
    private static func standardRanks(_ values: [Float]) -> [Double] {
        let ranks = RankCorrelation.ranks(of: values)
        let mean = Double(ranks.count - 1) / 2
        let length = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
        return ranks.map { length > 0 ? ($0 - mean) / length : 0 }
    }
}
