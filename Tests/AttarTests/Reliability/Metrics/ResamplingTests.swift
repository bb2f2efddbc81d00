import Attar
import CKernels
import Compute
import Testing

/// Units that are drawn each by itself, and that their replicates say what those drawn from a hat say.
struct ResamplingTests {
    private func counts(
        _ seeds: [UInt64], rows: Int, from first: Int = 0, units: [Int32]? = nil, weights: [Float]? = nil
    ) -> [Float] {
        let weights = weights ?? [Float](repeating: 1, count: first + rows)
        var counts = [Float](repeating: 0, count: seeds.count * rows)
        var totals = [Double](repeating: 0, count: seeds.count)
        attar_poisson_counts(seeds, seeds.count, units, weights, first, rows, &counts, &totals)
        for replicate in seeds.indices {
            #expect(
                totals[replicate] == counts[replicate * rows..<(replicate + 1) * rows].reduce(0) { $0 + Double($1) })
        }
        return counts
    }

    @Test func `Each unit is drawn as often as Poisson's distribution has it`() {
        let drawn = counts([11], rows: 400_000)
        // 1/(e · k!); five standard deviations of the share of so many draws.
        for (times, share) in [0.3678794, 0.3678794, 0.1839397, 0.0613132, 0.0153283, 0.0030657].enumerated() {
            let found = Double(drawn.count { $0 == Float(times) }) / 400_000
            #expect(abs(found - share) < 5 * (share * (1 - share) / 400_000).squareRoot(), "\(times) times: \(found)")
        }
        // Neighbours, which share their random bits, do not follow each other.
        let product = zip(drawn, drawn.dropFirst()).reduce(0.0) { $0 + Double(($1.0 - 1) * ($1.1 - 1)) } / 400_000
        #expect(abs(product) < 0.01)
    }

    @Test func `A unit's draw follows from its number alone, times its rows' weights`() {
        let seeds: [UInt64] = [3, 4]
        let whole = counts(seeds, rows: 100)
        let part = Array(whole[41..<78]) + Array(whole[141..<178])
        #expect(counts(seeds, rows: 37, from: 41) == part)
        #expect(counts(seeds, rows: 100, units: (0..<100).map(Int32.init)) == whole)
        let paired = counts([3], rows: 100, units: (0..<100).map { Int32($0 / 2) }, weights: (0..<100).map(Float.init))
        for row in 0..<100 { #expect(paired[row] == whole[row / 2] * Float(row)) }
        #expect(Array(whole.prefix(100)) != Array(whole.suffix(100)))
    }

    /// Labels drawn at random, and a model whose probabilities have some truth in them.
    private func statistics(_ rows: Int) -> RowStatistics {
        var generator = SeededGenerator(seed: 6)
        let labels = (0..<rows).map { _ in Int32(generator.index(below: 3)) }
        var outputs = Matrix(rows: rows, columns: 3)
        for row in 0..<rows {
            for column in 0..<3 {
                outputs[row, column] = generator.normal() + (column == Int(labels[row]) ? 1 : 0)
            }
        }
        let target = Target(name: "y", classes: ["a", "b", "c"], labels: labels)
        return RowStatistics(outputs: outputs.softmax(), target: target, teacher: nil)
    }

    @Test(arguments: [1, 2])
    func `Either way of drawing gives every figure the same mean and deviation`(rowsInUnit: Int) throws {
        let rows = 3_000
        let statistics = statistics(rows)
        let weights = (0..<rows).map { Float(1 + $0 % 3) }
        let units = rowsInUnit == 1 ? nil : (0..<rows).map { Int32($0 / rowsInUnit) }
        func replicates(_ draws: Resampling.Draws) -> [[Double]] {
            Evaluation.paired([statistics], weights: weights, units: units, draws: draws, seed: 5)[0].replicates
        }
        let (counted, poisson) = (replicates(.counted), replicates(.poisson))
        #expect(counted.count == 1_000 && poisson.count == 1_000)
        for (index, metric) in statistics.metrics.enumerated() {
            func moments(_ replicates: [[Double]]) -> (mean: Double, deviation: Double) {
                let values = replicates.map { $0[index] }
                let mean = values.reduce(0, +) / 1_000
                return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 999).squareRoot())
            }
            let (one, other) = (moments(counted), moments(poisson))
            // A deviation of 1,000 draws is known to 2.2 % of itself, the ratio of two to 3.2 %; a difference of means to 4.5 % of a deviation.
            #expect(abs(other.deviation / one.deviation - 1) < 0.13, "\(metric.name): \(one), \(other)")
            #expect(abs(other.mean - one.mean) < 0.18 * one.deviation, "\(metric.name): \(one), \(other)")
        }
    }

    @Test func `Many units are drawn each by itself, and models stay paired`() {
        let rows = Resampling.mostCounted + 1
        let statistics = statistics(rows)
        let weights = [Float](repeating: 1, count: rows)
        let pair = Evaluation.paired([statistics, statistics], weights: weights, seed: 2)
        #expect(pair[0].minus(pair[1]).replicates.allSatisfy { $0.allSatisfy { $0 == 0 } })
        let poisson = Evaluation.paired([statistics], weights: weights, draws: .poisson, seed: 2)
        #expect(pair[0].replicates == poisson[0].replicates)
        let few = Array(weights.dropLast())
        let fewer = self.statistics(rows - 1)
        #expect(
            Evaluation.paired([fewer], weights: few, seed: 2)[0].replicates
                == Evaluation.paired([fewer], weights: few, draws: .counted, seed: 2)[0].replicates)
    }
}
