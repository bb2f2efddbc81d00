internal import Foundation

extension Evaluation {
    /// One model behind an evaluation.
    struct Member: Sendable {
        let statistics: RowStatistics
        /// Its figures, in the order of the statistics' metrics.
        let values: [Double]

        func value(of metric: Metric) -> Double {
            statistics.metrics.firstIndex(of: metric).map { values[$0] } ?? 0
        }

        func interval(of metric: Metric) -> IntervalKind? { statistics.intervals[metric] }

        /// Of a share, each row's part in it.
        func numbers(of metric: Metric) -> [Float] {
            switch interval(of: metric) {
            case .share(let numbers), .recalls(let numbers, _, _): numbers
            default: []
            }
        }

        func influence(of metric: Metric, _ weighting: RowWeighting) -> [Float] {
            statistics.metrics.firstIndex(of: metric).map {
                statistics.influence(of: $0, weights: weighting.weights)
            } ?? []
        }

        /// A figure whose interval is that of a single model.
        func estimate(_ metric: Metric, _ weighting: RowWeighting, _ level: ConfidenceLevel) -> Estimate {
            let value = value(of: metric)
            switch interval(of: metric) {
            case .overlaps(let labels, let answers, let classes):
                return overlaps(metric, labels, answers, classes, weighting, level)
            case .areas(let areas, let absent):
                let variance = MeanMoments(influence(of: metric, weighting), weighting).variance
                let apart = areas.reduce(0) { $0 + $1.variance }
                return Estimate.mean(
                    of: areas.map { $0.estimate(level) }, unknown: absent,
                    dependence: Self.dependence(variance, apart, of: areas.count, usual: 1))
            case .precisions(let classes, let absent):
                let variance = MeanMoments(influence(of: metric, weighting), weighting).variance
                let apart = classes.reduce(0) { $0 + $1.variance }
                return PrecisionOfClass.mean(
                    of: classes, absent: absent,
                    dependence: Self.dependence(variance, apart, of: classes.count, usual: 1), level)
            case .matthews(let labels, let answers, let classes):
                return MatthewsCorrelation.estimate(
                    labels: labels, answers: answers, classes: classes, weighting, level)
            case .correlation:
                let moments = MeanMoments(influence(of: metric, weighting), weighting)
                return Self.correlation(value, moments, level)
            case .gaps(let bins, let confidences):
                return CalibrationGap(statistics.binned[bins], confidences: confidences, weighting)
                    .estimate(level).interval
            case .derived(let make):
                return make(weighting, level)
            default:
                return Estimate(exactly: value)
            }
        }

        /// F1 of a class follows from the share of right rows among those that are of the class, or answered with it: F1 = 2 J / (1 + J).
        private func overlaps(
            _ metric: Metric, _ labels: [Int32], _ answers: [Int32], _ classes: Int, _ weighting: RowWeighting,
            _ level: ConfidenceLevel
        ) -> Estimate {
            var involved = [[Int]](repeating: [], count: classes)
            for row in labels.indices where weighting.weights[row] > 0 {
                involved[Int(answers[row])].append(row)
                if labels[row] >= 0, labels[row] != answers[row] { involved[Int(labels[row])].append(row) }
            }
            let hits: [Float] = zip(labels, answers).map { $0 == $1 ? 1 : 0 }
            var apart = 0.0
            let parts = involved.filter { !$0.isEmpty }.map { rows in
                let share = weighting.share(of: hits, at: rows, isDifference: false, level)
                let slope = 2 / ((1 + share.value) * (1 + share.value))
                apart += slope * slope * MeanMoments(hits, weighting, at: rows).variance
                func score(_ share: Double) -> Double { 2 * share / (1 + share) }
                return Estimate(value: score(share.value), low: score(share.low), high: score(share.high))
            }
            let variance = MeanMoments(influence(of: metric, weighting), weighting).variance
            // Each wrong answer is one in two classes.
            return Estimate.mean(
                of: parts, unknown: classes - parts.count,
                dependence: Self.dependence(variance, apart, of: parts.count, usual: 2.0.squareRoot()))
        }

        /// By how much classes' figures vary more together than if each varied by itself: as much as usual at least, since few rows show too little of it.
        private static func dependence(_ variance: Double, _ apart: Double, of count: Int, usual: Double) -> Double {
            let most = Double(count).squareRoot()
            guard variance > 0, apart > 0 else { return min(most, usual) }
            return min(most, max(usual, Double(count) * (variance / apart).squareRoot()))
        }

        /// Fisher's transformation makes the error of a correlation much the same everywhere. Ranks of few rows show too small a one: on average
        /// (3 τ + (n − 2) ρ) / (n + 1), with Kendall's τ that of normal numbers.
        private static func correlation(_ value: Double, _ moments: MeanMoments, _ level: ConfidenceLevel) -> Estimate {
            guard moments.worth > 3, abs(value) < 1 else {
                return Estimate(value: value, low: abs(value) < 1 ? -1 : value, high: abs(value) < 1 ? 1 : value)
            }
            let error = (moments.variance * moments.worth / (moments.worth - 3)).squareRoot() / (1 - value * value)
            let half = error * studentQuantile(1 - level.tail, degrees: moments.worth - 2)
            let kendall = 2 / Double.pi * asin(2 * sin(Double.pi * value / 6))
            let unbiased = ((moments.worth + 1) * value - 3 * kendall) / (moments.worth - 2)
            // The correction is no more than an estimate of its own, and widens the interval to its side only.
            let ends = [value, min(0.9999, max(-0.9999, unbiased))].map(atanh)
            return Estimate(value: value, low: tanh((ends.min() ?? 0) - half), high: tanh((ends.max() ?? 0) + half))
        }
    }
}
