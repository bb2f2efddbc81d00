internal import Compute

/// A figure that stands on ranks, with each row's influence on it: how much the figure would change, per share of weight, were the row there once
/// more. A replicate's figure is then the figure plus the mean influence of its rows, to first order.
struct RankFigure {
    /// The figure on the rows as they are.
    let value: Double
    /// Each row's influence; the weighted mean is 0.
    let influence: [Float]
    /// Of areas under curves, each class's.
    var areas: [AreaOfClass] = []
    /// Of average precisions, each class's.
    var precisions: [PrecisionOfClass] = []
}

/// Figures of ranks: areas under ROC curves, rank correlations.
enum RankStatistics {
    /// The mean over the classes of the area under the ROC curve of each class against all others.
    ///
    /// The area is the chance that a row of the class has a higher probability of it than one of the others, ties counting half. Influences
    /// are the placements of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988). Two classes share one curve.
    /// - Returns: nil where all rows are of one class.
    static func areaUnderCurve(_ outputs: Matrix, labels: [Int32], weights: [Float]) -> RankFigure? {
        let classes = outputs.columns == 2 ? [1] : Array(0..<outputs.columns)
        let figures = classes.compactMap { one -> RankFigure? in
            let scores = (0..<outputs.rows).map { outputs[$0, one] }
            return area(scores, isPositive: labels.map { $0 == Int32(one) }, weights: weights)
        }
        return mean(figures)
    }

    /// The area under one ROC curve; nil where no row, or each, is positive.
    static func area(_ scores: [Float], isPositive: [Bool], weights: [Float]) -> RankFigure? {
        var (positive, negative) = (0.0, 0.0)
        for row in scores.indices {
            if isPositive[row] { positive += Double(weights[row]) } else { negative += Double(weights[row]) }
        }
        guard positive > 0, negative > 0 else { return nil }
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var placements = [Double](repeating: 0, count: scores.count)
        var (positivesBelow, negativesBelow, sum) = (0.0, 0.0, 0.0)
        var start = 0
        while start < order.count {
            var (end, positivesHere, negativesHere) = (start, 0.0, 0.0)
            while end < order.count, scores[order[end]] == scores[order[start]] {
                let row = order[end]
                if isPositive[row] {
                    positivesHere += Double(weights[row])
                } else {
                    negativesHere += Double(weights[row])
                }
                end += 1
            }
            for row in order[start..<end] {
                if isPositive[row] {
                    placements[row] = (negativesBelow + negativesHere / 2) / negative
                    sum += Double(weights[row]) * placements[row]
                } else {
                    placements[row] = 1 - (positivesBelow + positivesHere / 2) / positive
                }
            }
            positivesBelow += positivesHere
            negativesBelow += negativesHere
            start = end
        }
        let area = sum / positive
        let all = positive + negative
        let influence = scores.indices.map { row in
            Float((placements[row] - area) * all / (isPositive[row] ? positive : negative))
        }
        let rows = (worth(weights, isPositive, true), worth(weights, isPositive, false))
        return RankFigure(
            value: area, influence: influence,
            areas: [AreaOfClass(area: area, rows: rows, variance: variance(influence, weights))])
    }

    /// How many rows of equal weight the positive ones, or the others, are worth (Kish, 1965).
    private static func worth(_ weights: [Float], _ isPositive: [Bool], _ side: Bool) -> Double {
        var (total, squares) = (0.0, 0.0)
        for row in weights.indices where isPositive[row] == side {
            total += Double(weights[row])
            squares += Double(weights[row]) * Double(weights[row])
        }
        return squares > 0 ? total * total / squares : 0
    }

    /// The variance of a figure by its rows' influences.
    private static func variance(_ influence: [Float], _ weights: [Float]) -> Double {
        let all = weights.reduce(0) { $0 + Double($1) }
        return zip(influence, weights).reduce(0) { sum, row in
            let error = Double(row.0) * Double(row.1) / all
            return sum + error * error
        }
    }

    /// The mean over the classes of the average precision of each against all others; of two classes that of the rarer one, the second where both are as frequent.
    ///
    /// The average precision is Σ (R_n − R_{n−1}) P_n over the thresholds, P and R being precision and recall: the mean over the class's rows of the share of its rows among
    /// those with as high a probability of it or higher. A row's influence is that of this mean, and what the row does to the precision at all lower thresholds.
    /// - Returns: nil where all rows are of one class.
    static func averagePrecision(_ outputs: Matrix, labels: [Int32], weights: [Float]) -> RankFigure? {
        var shares = [Double](repeating: 0, count: outputs.columns)
        for (label, weight) in zip(labels, weights) where label >= 0 { shares[Int(label)] += Double(weight) }
        guard shares.count(where: { $0 > 0 }) > 1 else { return nil }
        let classes = outputs.columns == 2 ? [shares[0] < shares[1] ? 0 : 1] : Array(0..<outputs.columns)
        return mean(
            classes.compactMap { one in
                precision(
                    (0..<outputs.rows).map { outputs[$0, one] }, isPositive: labels.map { $0 == Int32(one) },
                    weights: weights)
            })
    }

    /// The average precision of one class; nil where no row is positive.
    static func precision(_ scores: [Float], isPositive: [Bool], weights: [Float]) -> RankFigure? {
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        let all = weights.reduce(0) { $0 + Double($1) }
        let positive = scores.indices.reduce(0) { isPositive[$1] ? $0 + Double(weights[$1]) : $0 }
        guard positive > 0 else { return nil }
        // From the highest score down, rows of equal scores together: the precision at each.
        var groups: [(rows: ArraySlice<Int>, precision: Double, above: Double, positives: Double)] = []
        var (above, right, value, start) = (0.0, 0.0, 0.0, 0)
        // The same where no row counts for itself, over the rows that have others above.
        var (heldOut, held) = (0.0, 0.0)
        while start < order.count {
            var (end, here) = (start, 0.0)
            while end < order.count, scores[order[end]] == scores[order[start]] {
                let weight = Double(weights[order[end]])
                above += weight
                if isPositive[order[end]] { here += weight }
                end += 1
            }
            right += here
            for row in order[start..<end] where isPositive[row] {
                let own = Double(weights[row])
                guard above - own > 1e-9 * above else { continue }
                heldOut += own * (right - own) / (above - own)
                held += own
            }
            let precision = above > 0 ? right / above : 0
            value += here / positive * precision
            groups.append((order[start..<end], precision, above, here))
            start = end
        }
        // From the lowest score up: what a row does to the precision at its own threshold and all lower ones.
        var influence = [Float](repeating: 0, count: scores.count)
        var (gain, loss) = (0.0, 0.0)
        for group in groups.reversed() where group.above > 0 {
            gain += group.positives / group.above
            loss += group.positives / group.above * group.precision
            for row in group.rows {
                let own = isPositive[row] ? group.precision - value + gain : 0
                influence[row] = Float((own - loss) * all / positive)
            }
        }
        let precision = PrecisionOfClass(
            precision: value, heldOut: held > 0 ? min(value, max(0, heldOut / held)) : value,
            positive: worth(weights, isPositive, true), variance: variance(influence, weights))
        return RankFigure(value: value, influence: influence, precisions: [precision])
    }

    /// The mean over the columns of Spearman's rank correlation of two models' answers.
    ///
    /// - Returns: nil where no column varies in both.
    static func rankCorrelation(_ one: Matrix, _ other: Matrix, weights: [Float]) -> RankFigure? {
        mean((0..<one.columns).compactMap { correlation(one, other, column: $0, weights: weights) })
    }

    /// ρ = Σ w z y, where z and y are the ranks of both, each with mean 0 and variance 1; a row's influence is z y − ρ (z² + y²) / 2.
    private static func correlation(_ one: Matrix, _ other: Matrix, column: Int, weights: [Float]) -> RankFigure? {
        guard let left = standardRanks((0..<one.rows).map { one[$0, column] }, weights),
            let right = standardRanks((0..<other.rows).map { other[$0, column] }, weights)
        else { return nil }
        var (sum, total) = (0.0, 0.0)
        for row in left.indices {
            sum += Double(weights[row]) * left[row] * right[row]
            total += Double(weights[row])
        }
        let value = sum / total
        return RankFigure(
            value: value,
            influence: left.indices.map { row in
                let (z, y) = (left[row], right[row])
                return Float(z * y - value * (z * z + y * y) / 2)
            })
    }

    /// The ranks scaled to weighted mean 0 and variance 1; nil where they do not vary.
    private static func standardRanks(_ values: [Float], _ weights: [Float]) -> [Double]? {
        let ranks = RankCorrelation.ranks(of: values)
        var (total, sum, squares) = (0.0, 0.0, 0.0)
        for (rank, weight) in zip(ranks, weights) {
            total += Double(weight)
            sum += Double(weight) * rank
        }
        let mean = sum / total
        for (rank, weight) in zip(ranks, weights) { squares += Double(weight) * (rank - mean) * (rank - mean) }
        guard squares > 0 else { return nil }
        let deviation = (squares / total).squareRoot()
        return ranks.map { ($0 - mean) / deviation }
    }

    private static func mean(_ figures: [RankFigure]) -> RankFigure? {
        guard let first = figures.first else { return nil }
        let share = 1 / Double(figures.count)
        var influence = [Float](repeating: 0, count: first.influence.count)
        for figure in figures {
            for row in influence.indices { influence[row] += figure.influence[row] * Float(share) }
        }
        return RankFigure(
            value: figures.reduce(0) { $0 + $1.value } * share, influence: influence, areas: figures.flatMap(\.areas),
            precisions: figures.flatMap(\.precisions))
    }
}
