internal import Compute

extension SliceEvidence {
    /// Rows that a slice needs to be tested.
    package static let fewestRows = 20
    /// The chance of a false alarm on any slice.
    package static let level = 0.02
    /// The most slices that are kept.
    static let mostSlices = 40
    /// Deals times losses times partitions that a test takes at most: about half a second.
    private static let mostSteps = 400_000_000

    /// The figures of all slices, and those on which the student falls behind its teacher more than elsewhere; behind the label-only student where there
    /// is no teacher.
    ///
    /// - Parameters:
    ///   - distances: how far each row lies from the middle of all, for the slice of rare rows; nil for no such slice.
    ///   - level: the chance of a false alarm on any slice, above 0 and below 1.
    package init(of judged: JudgedRows, distances: [Float]? = nil, level: Double = level, threads: Int) {
        let candidates = SliceCandidates(judged.problem, distances: distances, kinds: judged.dataKinds)
        let found = SliceRows(candidates.partitions, fewest: Self.fewestRows, of: judged.rows.count)
        let measure = SliceMeasure(judged)
        var notes = candidates.notes
        if found.entries.isEmpty {
            notes.append(
                "No part of the \(judged.rows.count) test rows has \(Self.fewestRows) rows and leaves others: give more test rows."
            )
        }
        let (results, testNotes) = Self.results(found, measure, judged, threads)
        let slices = Self.slices(found, measure, results, level: level, threads: threads)
        self.init(
            tested: measure.other == nil ? 0 : slices.count, level: level,
            slices: Self.ordered(slices, results, isBetterHigh: measure.isBetterHigh),
            fewestRows: Self.fewestRows,
            comparedWith: measure.other?.name ?? "none", notes: notes + testNotes)
    }

    /// The tests of the slices, on as many rows as can be tested in about half a second.
    private static func results(
        _ found: SliceRows, _ measure: SliceMeasure, _ judged: JudgedRows, _ threads: Int
    ) -> (values: [SliceTest.Result], notes: [String]) {
        let none = found.entries.map { _ in SliceTest.Result.none }
        guard let other = measure.other else {
            return (
                none, ["There is neither a teacher nor a label-only student to compare with, so nothing was tested."]
            )
        }
        guard !found.entries.isEmpty else { return (none, []) }
        let count = judged.rows.count
        let losses = measure.isBetterHigh ? measure.losses(against: other.figures) : []
        let marked = measure.isBetterHigh ? losses.count { $0 != 0 } : count
        let most = max(500, mostSteps / (found.memberships.count * SliceTest.deals))
        var positions: [Int]?
        if marked > most {
            var generator = SeededGenerator(seed: judged.seed, stream: "rows for slices")
            let wanted = Int(Double(most) / Double(marked) * Double(count))
            positions = Array(Array(0..<count).shuffled(using: &generator).prefix(wanted)).sorted()
        }
        let test = found.test(at: positions, of: count, seed: judged.seed, threads: threads)
        func widened(_ results: [SliceTest.Result]) -> [SliceTest.Result] {
            results.map {
                SliceTest.Result(own: $0.own, corrected: judged.dependence.chance($0.corrected))
            }
        }
        let notes = positions.map {
            ["Slices were tested on \($0.count) rows, drawn from the seed; their figures stand on all."]
        }
        if measure.isBetterHigh {
            return (widened(test.results(losses: positions?.map { losses[$0] } ?? losses)), notes ?? [])
        }
        let differences = measure.errorDifferences(against: other.figures)
        return (widened(test.results(ranking: positions?.map { differences[$0] } ?? differences)), notes ?? [])
    }

    /// How far behind a regression is at least: half a point of accuracy, or 1 % of the other's squared error.
    private static let leastLoss = 0.005

    private static func slices(
        _ found: SliceRows, _ measure: SliceMeasure, _ results: [SliceTest.Result], level: Double, threads: Int
    ) -> [Slice] {
        // Nothing in it fails.
        let slices = try? concurrently(found.entries.count, threads: threads) { index in
            let entry = found.entries[index]
            let difference = measure.other.map { measure.difference(to: $0.figures, on: entry.rows) }
            // A slice on which the student is only less far ahead than elsewhere is none on which it falls behind.
            let isBehind = difference.map { measure.isBetterHigh ? $0.high < 0 : $0.low > 0 } ?? false
            let quality = measure.figures.map { measure.quality($0, on: entry.rows) }
            // With many rows, or answers that are nearly the teacher's, differences of no consequence are beyond chance, too.
            let other = quality.teacher ?? quality.labelsOnly
            let least = measure.isBetterHigh ? leastLoss : leastLoss * 2 * (other?.value ?? 0)
            let matters = abs(difference?.value ?? 0) >= least
            return Slice(
                name: entry.name, kind: entry.kind, rows: entry.rows.count, quality: quality,
                difference: difference ?? Estimate(exactly: 0), pValue: results[index].corrected,
                isRegression: isBehind && matters && results[index].corrected <= level
                    && !measure.isShiftedOnly(entry.kind, on: entry.rows))
        }
        return slices ?? []
    }

    /// Regressions first, the surest of them first, then the slices of the lowest quality; not more than are kept.
    private static func ordered(_ slices: [Slice], _ results: [SliceTest.Result], isBetterHigh: Bool) -> [Slice] {
        func rank(_ index: Int) -> (Int, Double) {
            let quality = slices[index].quality.student.value
            return slices[index].isRegression ? (0, results[index].own) : (1, isBetterHigh ? quality : -quality)
        }
        return slices.indices.map { (rank: rank($0), index: $0, slice: slices[$0]) }
            .sorted { ($0.rank.0, $0.rank.1, $0.index) < ($1.rank.0, $1.rank.1, $1.index) }
            .prefix(mostSlices).map(\.slice)
    }
}
