/// Spearman's rank correlation.
enum RankCorrelation {
    /// The correlation of the ranks of two lists, from −1 to 1; equal values share the mean of their ranks. 0 where one list is constant.
    ///
    /// - Precondition: both have the same length.
    static func spearman(_ one: [Float], _ other: [Float]) -> Double {
        precondition(one.count == other.count, "ranks of pairs")
        let (left, right) = (ranks(of: one), ranks(of: other))
        let mean = Double(one.count - 1) / 2
        var (squares, otherSquares, products) = (0.0, 0.0, 0.0)
        for index in left.indices {
            let (a, b) = (left[index] - mean, right[index] - mean)
            squares += a * a
            otherSquares += b * b
            products += a * b
        }
        return squares > 0 && otherSquares > 0 ? products / (squares * otherSquares).squareRoot() : 0
    }

    /// Ranks from 0; equal values share their mean.
    static func ranks(of values: [Float]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
            start = end
        }
        return ranks
    }
}
