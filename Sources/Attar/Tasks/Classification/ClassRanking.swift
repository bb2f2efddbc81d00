internal import Compute

extension Ranking {
    /// Of classes: the area under the ROC curve, the mean over the classes.
    static let classes = Ranking(.auroc, floor: 0.5) { answers, truth, seed in
        guard case .classes(let labels) = truth else { return 1 }
        // One class's area is the sum of the ranks of its rows but for constants, so that a deal of the labels takes one pass whatever the number of classes.
        let columns = answers.columns == 2 ? [1] : Array(0..<answers.columns)
        var places = [Int](repeating: -1, count: answers.columns)
        for (place, column) in columns.enumerated() { places[column] = place }
        let rows = answers.rows
        let ranks = columns.map { column in RankCorrelation.ranks(of: (0..<rows).map { answers[$0, column] }) }
        var counts = [Double](repeating: 0, count: columns.count)
        for label in labels where label >= 0 && places[Int(label)] >= 0 { counts[places[Int(label)]] += 1 }
        let factors = counts.map { $0 > 0 && $0 < Double(rows) ? 1 / ($0 * (Double(rows) - $0)) : 0 }
        return PermutationTest.chance(rows: rows, seed: seed) { firsts in
            // What a row adds where it is dealt each of the classes, side by side.
            let width = columns.count
            let shares = firsts.flatMap { row in (0..<width).map { ranks[$0][row] * factors[$0] } }
            let own = labels.map { $0 < 0 ? -1 : places[Int($0)] }
            return { seconds in
                var sum = 0.0
                for (index, row) in seconds.enumerated() where own[row] >= 0 { sum += shares[index * width + own[row]] }
                return sum
            }
        }
    }
}
