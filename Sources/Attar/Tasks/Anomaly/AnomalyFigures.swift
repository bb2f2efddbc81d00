internal import Compute

/// Figures of scores: how well they tell known anomalies, and how they agree with a teacher's on which rows are the strangest.
struct AnomalyFigures {
    /// One a row.
    let scores: [Float]
    /// One a row, or nothing for rows that all count the same.
    let weights: [Float]?

    /// A figure with what its intervals stand on.
    private struct Figure {
        var metric: Metric
        var columns: [[Float]]
        var interval: IntervalKind
        var value: @Sendable (_ sums: ArraySlice<Double>, _ weight: Double) -> Double
    }

    /// The row-wise numbers of all figures.
    ///
    /// - Parameters:
    ///   - anomalies: of each row whether it is known to be one; nil where that is not known.
    ///   - teacher: the teacher's scores; nil where there is none, or these are them.
    func statistics(anomalies: [Bool]?, teacher: [Float]?) -> RowStatistics {
        var figures: [Figure] = []
        if let anomalies, anomalies.contains(true), anomalies.contains(false) {
            figures += ranked(anomalies)
            figures += [(Metric.precisionAtTop1, 0.01), (.precisionAtTop5, 0.05)].map { metric, share in
                Self.share(metric, of: anomalies, at: Self.top(share, of: scores))
            }
        }
        if let teacher {
            if let weights,
                let figure = RankStatistics.rankCorrelation(Self.column(scores), Self.column(teacher), weights: weights)
            {
                figures.append(Self.figure(.rankCorrelation, figure, -1, .correlation))
            }
            figures += [(Metric.overlapAtTop1, 0.01), (.overlapAtTop5, 0.05)].map { metric, share in
                let own = Set(Self.top(share, of: scores))
                return Self.share(metric, of: scores.indices.map(own.contains), at: Self.top(share, of: teacher))
            }
        }
        if let alarms = Alarms(scores, anomalies: anomalies, weights: weights, share: 0.01) {
            figures.append(Self.share(.falseAlarmRate, of: alarms.raised, at: alarms.quiet))
        }
        return Self.statistics(figures, rows: scores.count)
    }

    /// Area under the ROC curve and average precision.
    private func ranked(_ anomalies: [Bool]) -> [Figure] {
        guard let weights else { return [] }
        var figures: [Figure] = []
        if let figure = RankStatistics.area(scores, isPositive: anomalies, weights: weights) {
            figures.append(Self.figure(.auroc, figure, 0, .areas(figure.areas, absent: 0)))
        }
        if let figure = RankStatistics.precision(scores, isPositive: anomalies, weights: weights) {
            figures.append(Self.figure(.averagePrecision, figure, 0, .precisions(figure.precisions, absent: 0)))
        }
        return figures
    }

    /// A figure that stands on ranks, by its rows' influences.
    private static func figure(
        _ metric: Metric, _ figure: RankFigure, _ least: Double, _ interval: IntervalKind
    ) -> Figure {
        Figure(metric: metric, columns: [figure.influence], interval: interval) { sums, weight in
            min(1, max(least, figure.value + (sums.first ?? 0) / weight))
        }
    }

    /// The share of some rows that count.
    private static func share(_ metric: Metric, of counts: [Bool], at rows: [Int]) -> Figure {
        var (inside, hits) = ([Float](repeating: 0, count: counts.count), [Float](repeating: 0, count: counts.count))
        for row in rows {
            inside[row] = 1
            hits[row] = counts[row] ? 1 : 0
        }
        return Figure(
            metric: metric, columns: [hits, inside],
            interval: .derived { [hits] weighting, level in
                weighting.share(of: hits, at: rows, isDifference: false, level)
            }
        ) { sums, _ in
            guard let hits = sums.first, let all = sums.last, all > 0 else { return 0 }
            return min(1, max(0, hits / all))
        }
    }

    /// The strangest rows, a share of them and one at least; of equal scores the first.
    static func top(_ share: Double, of scores: [Float]) -> [Int] {
        let count = max(1, Int((share * Double(scores.count)).rounded()))
        return Array(scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(count))
    }

    private static func column(_ scores: [Float]) -> Matrix {
        Matrix(rows: scores.count, columns: 1, elements: scores)
    }

    private static func statistics(_ figures: [Figure], rows: Int) -> RowStatistics {
        var parts = RowStatistics.Parts()
        parts.metrics = figures.map(\.metric)
        parts.columns = figures.flatMap(\.columns)
        for figure in figures { parts.intervals[figure.metric] = figure.interval }
        parts.combine = { sums, weight in
            var start = 0
            return figures.map { figure in
                defer { start += figure.columns.count }
                return figure.value(sums[start..<start + figure.columns.count], weight)
            }
        }
        return RowStatistics(parts, rows: rows)
    }
}
