internal import Compute

/// The metrics of several models on the same rows, with paired bootstrap replicates: replicate r of every model stands on the
/// same resampled rows. Each metric's interval is of the kind that suits it (`IntervalKind`).
package struct Evaluation: Sendable {
    /// The metrics of each model, in order.
    package let metrics: [Metric]
    /// The figures on the rows as they are, one a metric.
    package let values: [Double]
    /// (replicates, metrics).
    package let replicates: [[Double]]
    /// Whose figures they are: one model, or several of one making.
    let own: [Member]
    /// Whose figures were subtracted; nobody's for figures themselves.
    var against: [Member] = []
    /// How much the rows count.
    let weighting: RowWeighting

    /// How the draw of the seeds, where there are several models a side, enters the intervals.
    var seeds = SeedPart.variance

    /// What of the draw of the seeds an interval holds.
    enum SeedPart: Sendable {
        /// Nothing: it is about these models alone.
        case none
        /// The variance of their mean.
        case variance
        /// What the replicates hold of it, too, where that is more.
        case replicates
    }

    /// How many bootstrap replicates are drawn.
    package static let replicateCount = 1_000

    /// Evaluates models on the rows that their statistics describe.
    ///
    /// - Parameters:
    ///   - weights: how much each row counts.
    ///   - units: what each row belongs to, which is drawn as a whole; nil where each row is a unit of its own.
    ///   - dependence: how much further the figures may be off than the rows tell.
    ///   - draws: how units are drawn; nil for what suits their number.
    ///   - seed: replicates follow from it.
    package static func paired(
        _ models: [RowStatistics], weights: [Float], units: [Int32]? = nil, dependence: FoldDependence = .none,
        draws: Resampling.Draws? = nil, seed: UInt64
    ) -> [Evaluation] {
        let members = units.map { Self.members(of: $0) }
        let resampling = Resampling(weights: weights, units: units, members: members, draws: draws, seed: seed)
        let blocks = resampling.unitCount > 1 ? replicateCount / Resampling.blockSize : 0
        let drawn = try? concurrently(blocks, threads: availableThreads()) { resampling.metrics(of: models, block: $0) }
        let weighting = RowWeighting(weights, units: units, dependence: dependence)
        return models.enumerated().map { index, model in
            let values = model.ordered(weights: weights)
            return Evaluation(
                metrics: model.metrics, values: values, replicates: (drawn ?? []).flatMap { $0[index] },
                own: [Member(statistics: model, values: values)], weighting: weighting)
        }
    }

    /// The rows of each unit.
    private static func members(of units: [Int32]) -> [[Int]] {
        var members: [Int32: [Int]] = [:]
        for (row, unit) in units.enumerated() { members[unit, default: []].append(row) }
        return members.keys.sorted().map { members[$0] ?? [] }
    }

    /// The mean of several evaluations of the same metrics, such as students from several seeds. Each replicate averages a
    /// resample of the members, so that the interval holds their spread as well as that of the rows.
    ///
    /// - Parameter seed: means of two lists taken with the same seed stay paired.
    package static func mean(of members: [Evaluation], seed: UInt64) -> Evaluation {
        var generator = SeededGenerator(seed: seed, stream: "seeds")
        let replicates = members[0].replicates.indices.map { replicate in
            let drawn = members.indices.map { _ in members[generator.index(below: members.count)].replicates[replicate]
            }
            return average(drawn)
        }
        return Evaluation(
            metrics: members[0].metrics, values: average(members.map(\.values)), replicates: replicates,
            own: members.flatMap(\.own), weighting: members[0].weighting)
    }

    /// This evaluation minus another, metric by metric, for those metrics that both have.
    package func minus(_ other: Evaluation) -> Evaluation {
        let pairs = metrics.enumerated().compactMap { index, metric in
            other.metrics.firstIndex(of: metric).map { (metric: metric, own: index, other: $0) }
        }
        return Evaluation(
            metrics: pairs.map(\.metric), values: pairs.map { values[$0.own] - other.values[$0.other] },
            replicates: zip(replicates, other.replicates).map { own, other in
                pairs.map { own[$0.own] - other[$0.other] }
            }, own: own, against: other.own, weighting: weighting)
    }

    /// How much of the way from one evaluation to a better one this evaluation has gone, in one metric: (own − from) / (to − from), which is
    /// 0 where it stands at `from`, 1 at `to`.
    ///
    /// - Returns: nil where a metric is missing, or where `to` is not measurably above `from`: a share of nothing says nothing.
    package func shareOfGap(from: Evaluation, to: Evaluation, in metric: Metric) -> Estimate? {
        guard let own = metrics.firstIndex(of: metric), let low = from.metrics.firstIndex(of: metric),
            let high = to.metrics.firstIndex(of: metric), (to.minus(from).estimate(metric)?.low ?? 0) > 0
        else { return nil }
        func share(_ own: Double, _ low: Double, _ high: Double) -> Double { (own - low) / (high - low) }
        let found = Estimate(
            value: share(values[own], from.values[low], to.values[high]),
            replicates: replicates.indices.compactMap { replicate in
                let (from, to) = (from.replicates[replicate][low], to.replicates[replicate][high])
                return to > from ? share(replicates[replicate][own], from, to) : nil
            })
        return weighting.dependence.widened(found)
    }

    private static func average(_ lists: [[Double]]) -> [Double] {
        lists[0].indices.map { index in lists.reduce(0) { $0 + $1[index] } / Double(lists.count) }
    }
}

extension Evaluation {
    /// Figures with their replicates, whose percentiles are their intervals.
    package init(metrics: [Metric], values: [Double], replicates: [[Double]]) {
        self.init(
            metrics: metrics, values: values, replicates: replicates, own: [], weighting: RowWeighting([], units: nil))
    }
}
