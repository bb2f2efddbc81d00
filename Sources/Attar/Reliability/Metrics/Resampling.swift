internal import CKernels
internal import Compute

/// Draws rows with replacement for the bootstrap, block by block of replicates, and sums up statistics over what was drawn.
///
/// A thousand replicates of a million rows are a thousand million draws. Drawn from a hat, as many as there are units, each lands anywhere in memory; so from some
/// number of units on each unit is drawn by itself instead, as often as Poisson's distribution of mean 1 has it, in the order of the rows (Hanley and MacGibbon, "Creating
/// non-parametric bootstrap samples using Poisson frequencies", 2006). How many units a replicate holds then varies by their root, which figures by total weight
/// do not notice.
package struct Resampling: Sendable {
    /// How units are drawn.
    package enum Draws: Sendable {
        /// As many as there are, each any of them.
        case counted
        /// Each by itself, once on average.
        case poisson
    }

    /// How much each row counts.
    private let weights: [Float]
    /// What each row belongs to; nil where each row is a unit of its own.
    private let units: [Int32]?
    /// The rows of each unit.
    private let members: [[Int]]?
    /// Number of units.
    let unitCount: Int
    private let draws: Draws
    private let seed: UInt64

    /// Replicates that are drawn together.
    package static let blockSize = 50
    /// Units above which each is drawn by itself.
    package static let mostCounted = 20_000
    /// Rows whose counts are in use at a time where rows go by in order: with 50 replicates 400 KB.
    private static let tile = 2_048

    /// Draws of rows that weigh and belong together as given.
    ///
    /// - Parameter draws: nil for what suits the number of units.
    init(weights: [Float], units: [Int32]?, members: [[Int]]?, draws: Draws?, seed: UInt64) {
        (self.weights, self.units, self.members, self.seed) = (weights, units, members, seed)
        unitCount = members?.count ?? weights.count
        self.draws = draws ?? (unitCount > Self.mostCounted ? .poisson : .counted)
    }

    /// Of each model the metrics of a block's replicates, one list a replicate that has any weight.
    func metrics(of models: [RowStatistics], block: Int) -> [[[Double]]] {
        var sums = models.map { [Double](repeating: 0, count: Self.blockSize * $0.sumCount) }
        var totals = [Double](repeating: 0, count: Self.blockSize)
        func add(_ counts: Matrix, from first: Int) {
            for (index, model) in models.enumerated() { model.add(counts, from: first, to: &sums[index]) }
        }
        switch draws {
        case .counted: add(counted(block, &totals), from: 0)
        case .poisson:
            let seeds = SeededGenerator(seed: seed, stream: "bootstrap \(block)").seeds(Self.blockSize)
            for first in stride(from: 0, to: weights.count, by: Self.tile) {
                let rows = min(Self.tile, weights.count - first)
                var counts = Matrix(rows: Self.blockSize, columns: rows)
                attar_poisson_counts(
                    seeds, Self.blockSize, units, weights, first, rows, &counts.elements, &totals)
                add(counts, from: first)
            }
        }
        return zip(models, sums).map { model, sums in
            totals.indices.filter { totals[$0] > 0 }.map { replicate in
                let own = sums[replicate * model.sumCount..<(replicate + 1) * model.sumCount]
                return model.metrics(from: Array(own), weight: totals[replicate])
            }
        }
    }

    /// How often a replicate holds each of the given units, where each is drawn by itself.
    static func poissonCounts(of units: [Int32], seed: UInt64) -> [Int32] {
        var counts = [Float](repeating: 0, count: units.count)
        var total = [0.0]
        attar_poisson_counts(
            [seed], 1, units, [Float](repeating: 1, count: units.count), 0, units.count, &counts, &total)
        return counts.map { Int32($0) }
    }

    /// How often each of a block's replicates holds each row, times the row's weight, (replicates, rows); adds up the sum of each.
    private func counted(_ block: Int, _ totals: inout [Double]) -> Matrix {
        let rows = weights.count
        var generator = SeededGenerator(seed: seed, stream: "bootstrap \(block)")
        var counts = Matrix(rows: Self.blockSize, columns: rows)
        for replicate in 0..<Self.blockSize {
            func draw(_ row: Int) {
                counts.elements[replicate * rows + row] += weights[row]
                totals[replicate] += Double(weights[row])
            }
            for _ in 0..<unitCount {
                let drawn = generator.index(below: unitCount)
                if let members { members[drawn].forEach(draw) } else { draw(drawn) }
            }
        }
        return counts
    }
}

extension RowStatistics {
    /// Sums that metrics are made of: of the statistics, and of each of the bins.
    fileprivate var sumCount: Int { statistics.rows + binned.reduce(0) { $0 + $1.count } }

    /// Adds up the statistics of rows from `first` on by how often replicates hold them: counts (replicates, rows), sums (replicates, sumCount).
    fileprivate func add(_ counts: Matrix, from first: Int, to sums: inout [Double]) {
        let parts =
            [counts.timesTransposed(statistics, from: first)] + binned.map { $0.sums(counts: counts, from: first) }
        for replicate in 0..<counts.rows {
            var place = replicate * sumCount
            for part in parts {
                for sum in part.row(replicate) {
                    sums[place] += Double(sum)
                    place += 1
                }
            }
        }
    }
}
