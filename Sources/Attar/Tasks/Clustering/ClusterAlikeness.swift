internal import Compute

/// How alike a model's clusters are to those that are right, as figures with intervals.
struct ClusterAlikeness: Sendable {
    /// The pairs of clusters, right and answered, that rows stand in.
    private let pairs: [Contingency.Pair]
    /// Each row's place among the pairs.
    private let places: [Int32]
    private let clusters: Int
    /// The cluster of rows that belong to none: they count for its F1, and for nothing else. Nil where there is none.
    private let noise: Int?
    /// The information that chance gives, of the rows as they are: it hardly moves where rows are drawn anew.
    private let expected: Double

    /// Clusters that are answered, and those that are right.
    ///
    /// - Parameters:
    ///   - count: how many clusters there are.
    ///   - noise: the one of rows that belong to none.
    init(_ answered: [Int32], right: [Int32], of count: Int, noise: Int?, weights: [Float]?) {
        let cells = zip(right, answered).map { Contingency.Pair(first: Int($0), second: Int($1)) }
        pairs = Set(cells).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        let order = Dictionary(uniqueKeysWithValues: zip(pairs, pairs.indices))
        places = cells.map { Int32(order[$0] ?? 0) }
        (clusters, self.noise) = (count, noise)
        var counts = [Double](repeating: 0, count: pairs.count)
        for (row, place) in places.enumerated() { counts[Int(place)] += weights.map { Double($0[row]) } ?? 1 }
        expected =
            Self.told(
                Self.table(pairs, counts, rows: cells.count, clusters: count), noise: noise
            ).expectedInformation
    }

    /// The figures that are told, in the order in which `figures` gives them.
    private var metrics: [Metric] {
        [.adjustedRandIndex, .adjustedMutualInformation, .vMeasure] + (noise == nil ? [] : [.noiseF1])
    }

    /// The table of counts that are worth as many rows as there are.
    private static func table(_ pairs: [Contingency.Pair], _ counts: [Double], rows: Int, clusters: Int) -> Contingency
    {
        let scale = Double(rows) / max(counts.reduce(0, +), .leastNormalMagnitude)
        return Contingency(pairs, counts.map { $0 * scale }, clusters: clusters)
    }

    private static func told(_ table: Contingency, noise: Int?) -> Contingency {
        noise.map(table.leaving) ?? table
    }

    /// What counts of the pairs come to.
    private func figures(_ counts: [Double]) -> [Double] {
        let all = Self.table(pairs, counts, rows: places.count, clusters: clusters)
        let told = Self.told(all, noise: noise)
        return [
            told.adjustedRandIndex, told.adjustedMutualInformation(expecting: expected), told.vMeasure,
        ] + (noise.map { [all.score(of: $0)] } ?? [])
    }

    /// The figures as row-wise numbers.
    var statistics: RowStatistics {
        var parts = RowStatistics.Parts()
        parts.metrics = metrics
        parts.binned = [
            BinnedSums(count: pairs.count, bins: places, values: [Float](repeating: 1, count: places.count))
        ]
        parts.combine = { sums, _ in figures(sums) }
        for (index, metric) in metrics.enumerated() {
            parts.intervals[metric] = .derived { weighting, level in
                metric == .noiseF1 ? noiseEstimate(weighting, level) : estimate(index, weighting, level)
            }
        }
        return RowStatistics(parts, rows: places.count)
    }

    // MARK: Intervals

    /// Whether each row is answered with the cluster that is right.
    private var hits: [Float] { places.map { pairs[Int($0)].first == pairs[Int($0)].second ? 1 : 0 } }

    /// A figure as it would be if as many rows were answered rightly as the interval of their share allows, and the others wrongly in the way in which answers are wrong.
    ///
    /// Resampling finds no more mistakes than the test rows show: of a student that makes none it would say that it never does.
    private func estimate(_ index: Int, _ weighting: RowWeighting, _ level: ConfidenceLevel) -> Estimate {
        var counts = [Double](repeating: 0, count: pairs.count)
        for (row, place) in places.enumerated() { counts[Int(place)] += weighting.weight(row) }
        let value = figures(counts)[index]
        let told = places.indices.filter { pairs[Int(places[$0])].first != noise }
        let share = weighting.share(of: hits, at: told, isDifference: false, level)
        guard share.value > 0 else { return Estimate(value: value, low: value, high: value) }
        return Estimate(
            value: value, low: moved(counts, from: share.value, to: share.low, index),
            high: moved(counts, from: share.value, to: share.high, index))
    }

    /// A figure under another share of right answers.
    private func moved(_ counts: [Double], from share: Double, to other: Double, _ index: Int) -> Double {
        if share < 1 {
            return figures(
                zip(pairs, counts).map { pair, count in
                    pair.first == noise
                        ? count : count * (pair.first == pair.second ? other / share : (1 - other) / (1 - share))
                })[index]
        }
        // No answer is wrong: were some, they would go where answers go.
        let table = Self.table(pairs, counts, rows: places.count, clusters: clusters)
        let total = table.second.reduce(0, +)
        let present = table.first.indices.filter { table.first[$0] > 0 && $0 != noise }
        let answered = table.second.indices.filter { table.second[$0] > 0 }
        var (cells, sizes) = ([Contingency.Pair](), [Double]())
        for first in present {
            let rest = total - table.second[first]
            for second in answered {
                cells.append(Contingency.Pair(first: first, second: second))
                sizes.append(
                    table.first[first]
                        * (first == second ? (rest > 0 ? other : 1) : (1 - other) * table.second[second] / rest))
            }
        }
        let moved = Contingency(cells, sizes, clusters: clusters)
        return [
            moved.adjustedRandIndex, moved.adjustedMutualInformation(expecting: expected), moved.vMeasure,
        ][index]
    }

    /// F1 of noise follows from the share of right rows among those that are noise, or answered with it: F1 = 2 J / (1 + J).
    private func noiseEstimate(_ weighting: RowWeighting, _ level: ConfidenceLevel) -> Estimate {
        let involved = places.indices.filter {
            let pair = pairs[Int(places[$0])]
            return (pair.first == noise || pair.second == noise) && weighting.weights[$0] > 0
        }
        // Where no row is noise nothing is known of how it is told.
        guard !involved.isEmpty else { return Estimate(value: 1, low: 0, high: 1) }
        let share = weighting.share(of: hits, at: involved, isDifference: false, level)
        func score(_ share: Double) -> Double { 2 * share / (1 + share) }
        return Estimate(value: score(share.value), low: score(share.low), high: score(share.high))
    }
}
