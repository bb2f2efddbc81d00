extension Evaluation {
    /// The figures with their 95 % intervals.
    package var estimates: [Metric: Estimate] {
        Dictionary(uniqueKeysWithValues: metrics.indices.map { (metrics[$0], estimate(at: $0, .twoSided)) })
    }

    /// One figure with its interval; nil where it was not measured.
    package func estimate(_ metric: Metric, _ level: ConfidenceLevel = .twoSided) -> Estimate? {
        metrics.firstIndex(of: metric).map { estimate(at: $0, level) }
    }

    private var isDifference: Bool { !against.isEmpty }

    private func estimate(at index: Int, _ level: ConfidenceLevel) -> Estimate {
        let (metric, value) = (metrics[index], values[index])
        let replicated = Estimate(value: value, replicates: replicates.map { $0[index] }, level)
        guard !weighting.weights.isEmpty, let kind = own.first?.interval(of: metric) else {
            return weighting.dependence.widened(replicated)
        }
        let spread = spread(of: metric)
        let found: Estimate
        switch kind {
        case .share:
            found = weighting.share(
                of: pooled { $0.numbers(of: metric) }, extraVariance: spread, isDifference: isDifference, level)
        case .recalls(_, let labels, let classes):
            found = recalls(metric, labels, classes, level).widened(by: spread, level)
        case .mean, .loss:
            found = mean(metric, value, spread, level)
        case .overlaps, .areas, .precisions, .matthews, .correlation, .gaps:
            let student = Self.combined(own, metric, weighting, level)
            found =
                (isDifference
                ? student.minus(
                    Self.combined(against, metric, weighting, level), correlation: correlation(of: metric)) : student)
                .widened(by: spread, level)
        case .derived:
            let own = Self.combined(own, metric, weighting, level)
            found =
                isDifference
                ? replicated
                : Estimate(
                    value: value, low: min(own.low, replicated.low), high: max(own.high, replicated.high)
                ).widened(by: spread, level)
        }
        var ends = Estimate(value: value, low: min(value, found.low), high: max(value, found.high))
        if seeds == .replicates {
            ends = Estimate(value: value, low: min(ends.low, replicated.low), high: max(ends.high, replicated.high))
        }
        let (dependence, range) = (weighting.dependence, metric.range)
        return isDifference
            ? dependence.widened(ends, in: range.lowerBound - range.upperBound...range.upperBound - range.lowerBound)
            : dependence.widened(ends.clamped(to: range), in: range)
    }

    // MARK: What intervals stand on

    /// Each row's number, the mean over the models, less that of those that they are compared with.
    private func pooled(_ numbers: (Member) -> [Float]) -> [Float] {
        var pooled = [Float](repeating: 0, count: weighting.weights.count)
        for (members, sign) in [(own, Float(1)), (against, Float(-1))] {
            for member in members {
                let share = sign / Float(members.count)
                for (row, number) in numbers(member).enumerated() { pooled[row] += share * number }
            }
        }
        return pooled
    }

    /// The variance of a mean over students from several seeds: that of the draw of the seeds. Students and twins of one seed belong together.
    private func spread(of metric: Metric) -> Double {
        func variance(_ values: [Double]) -> Double {
            let count = Double(values.count)
            guard count > 1, seeds != .none else { return 0 }
            let mean = values.reduce(0, +) / count
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count * (count - 1))
        }
        let (ours, theirs) = (own.map { $0.value(of: metric) }, against.map { $0.value(of: metric) })
        return ours.count == theirs.count
            ? variance(zip(ours, theirs).map { $0 - $1 }) : variance(ours) + variance(theirs)
    }

    /// The correlation of the two sides' errors.
    private func correlation(of metric: Metric) -> Double {
        func errors(_ members: [Member]) -> [Float] {
            let share = 1 / Float(members.count)
            var sum = [Float](repeating: 0, count: weighting.weights.count)
            for member in members {
                for (row, number) in member.influence(of: metric, weighting).enumerated() { sum[row] += share * number }
            }
            return sum
        }
        let (one, other) = (errors(own), errors(against))
        let (first, second) = (MeanMoments(one, weighting).variance, MeanMoments(other, weighting).variance)
        guard first > 0, second > 0 else { return 0 }
        let difference = MeanMoments(zip(one, other).map { $0 - $1 }, weighting).variance
        return (first + second - difference) / (2 * (first * second).squareRoot())
    }

    // MARK: Kinds

    private func recalls(_ metric: Metric, _ labels: [Int32], _ classes: Int, _ level: ConfidenceLevel) -> Estimate {
        let hits = pooled { $0.numbers(of: metric) }
        var members = [[Int]](repeating: [], count: classes)
        for (row, label) in labels.enumerated() where label >= 0 && weighting.weights[row] > 0 {
            members[Int(label)].append(row)
        }
        let present = members.filter { !$0.isEmpty }
        return Estimate.mean(
            of: present.map { weighting.share(of: hits, at: $0, isDifference: isDifference, level) },
            unknown: classes - present.count, in: isDifference ? -1...1 : 0...1)
    }

    private func mean(_ metric: Metric, _ value: Double, _ spread: Double, _ level: ConfidenceLevel) -> Estimate {
        var moments = MeanMoments(pooled { $0.influence(of: metric, weighting) }, weighting)
        moments.variance += spread
        let off = moments.estimate(level)
        var (below, above) = (off.value - off.low, off.high - off.value)
        // Of a class of which hardly a row is seen there can be more, and they cost what the model's other answers say.
        let (ours, theirs) = (rareClasses(own, metric), rareClasses(against, metric))
        for (place, rare) in ours.enumerated() {
            let share = Double(rare.rows) / Double(max(1, weighting.weights.count))
            let hidden = Binomial.estimate(share * moments.worth, of: moments.worth, level).high - share
            let more = hidden * (rare.loss - (isDifference ? theirs[place].loss : 0) - value)
            if more > 0 {
                above = (above * above + more * more).squareRoot()
            } else {
                below = (below * below + more * more).squareRoot()
            }
        }
        return Estimate(value: value, low: value - below, high: value + above)
    }

    /// Classes with hardly a row; what they cost is the mean over the models.
    private func rareClasses(_ members: [Member], _ metric: Metric) -> [RareClass] {
        let classes = members.compactMap { member -> [RareClass]? in
            guard case .loss(let rare) = member.interval(of: metric) else { return nil }
            return rare
        }
        guard let first = classes.first else { return [] }
        return first.indices.map { place in
            RareClass(
                rows: first[place].rows, loss: classes.reduce(0) { $0 + $1[place].loss } / Double(classes.count))
        }
    }

    /// The mean over models of one making: they stand on the same rows, so that their errors are taken to be the same.
    private static func combined(
        _ members: [Member], _ metric: Metric, _ weighting: RowWeighting, _ level: ConfidenceLevel
    ) -> Estimate {
        let estimates = members.map { $0.estimate(metric, weighting, level) }
        func mean(_ number: (Estimate) -> Double) -> Double {
            estimates.reduce(0) { $0 + number($1) } / Double(estimates.count)
        }
        return Estimate(value: mean(\.value), low: mean(\.low), high: mean(\.high))
    }
}

extension Estimate {
    /// A figure with the percentiles of its replicates.
    init(value: Double, replicates: [Double], _ level: ConfidenceLevel) {
        let sorted = replicates.sorted()
        guard !sorted.isEmpty else {
            self.init(exactly: value)
            return
        }
        // Of figures that resampling shifts, the percentiles can leave the figure out.
        self.init(
            value: value, low: min(value, Self.percentile(level.tail, of: sorted)),
            high: max(value, Self.percentile(1 - level.tail, of: sorted)))
    }
}
