import Attar
import Compute
import Testing

struct EvaluationTests {
    /// Labels drawn at random, and a model that is right with a given probability.
    private func model(rightWith probability: Float, rows: Int, seed: UInt64) -> (Target, RowStatistics) {
        var generator = SeededGenerator(seed: seed)
        let labels = (0..<rows).map { _ in Int32(generator.index(below: 2)) }
        var outputs = Matrix(rows: rows, columns: 2, repeating: 0.2)
        for row in 0..<rows {
            let isRight = generator.uniform() < probability
            outputs[row, Int(isRight ? labels[row] : 1 - labels[row])] = 0.8
        }
        let target = Target(name: "y", classes: ["no", "yes"], labels: labels)
        return (target, RowStatistics(outputs: outputs, target: target, teacher: nil))
    }

    @Test func `An accuracy's interval has the width of the binomial's`() throws {
        let rows = 400
        let (_, statistics) = model(rightWith: 0.8, rows: rows, seed: 3)
        let evaluation = Evaluation.paired([statistics], weights: [Float](repeating: 1, count: rows), seed: 1)[0]
        let accuracy = try #require(evaluation.estimates[.accuracy])
        let deviation = (accuracy.value * (1 - accuracy.value) / Double(rows)).squareRoot()
        let width = accuracy.high - accuracy.low
        #expect(abs(width - 2 * 1.96 * deviation) < 0.15 * width)
        #expect(accuracy.low < accuracy.value && accuracy.value < accuracy.high)
    }

    @Test(arguments: [(100, 1.0, 0.9637833), (2, 1.0, 0.1581139), (100, 0.98, 0.9296161)])
    func `An accuracy of nearly all rows has at least the exact interval`(_ rows: Int, _ share: Double, _ low: Double)
        throws
    {
        // The lower ends are SciPy's: scipy.stats.beta.ppf(0.025, right, wrong + 1).
        var outputs = Matrix(rows: rows, columns: 2, repeating: 0.2)
        for row in 0..<rows { outputs[row, row < Int(share * Double(rows)) ? 0 : 1] = 0.8 }
        let target = Target(name: "y", classes: ["no", "yes"], labels: [Int32](repeating: 0, count: rows))
        let statistics = RowStatistics(outputs: outputs, target: target, teacher: nil)
        let evaluation = Evaluation.paired([statistics], weights: [Float](repeating: 1, count: rows), seed: 1)[0]
        let accuracy = try #require(evaluation.estimates[.accuracy])
        #expect(abs(accuracy.low - low) < 1e-5, "\(accuracy)")
    }

    @Test func `A model does not differ from itself in any replicate`() {
        let (_, statistics) = model(rightWith: 0.7, rows: 100, seed: 5)
        let pair = Evaluation.paired([statistics, statistics], weights: [Float](repeating: 1, count: 100), seed: 1)
        let difference = pair[0].minus(pair[1])
        #expect(difference.replicates.count == Evaluation.replicateCount)
        #expect(difference.replicates.allSatisfy { $0.allSatisfy { $0 == 0 } })
    }

    @Test func `Rows of weight zero do not count`() throws {
        let (_, statistics) = model(rightWith: 0.5, rows: 50, seed: 9)
        let weights = (0..<50).map { Float($0 < 25 ? 1 : 0) }
        let half = statistics.values(weights: weights)
        let correct = (0..<25).filter { statistics.statistics[0, $0] == 1 }.count
        #expect(half[.accuracy] == Double(correct) / 25)
    }

    @Test func `The mean of members takes the seeds' spread into its interval`() throws {
        let weights = [Float](repeating: 1, count: 300)
        let members = [0.6, 0.9].map { model(rightWith: $0, rows: 300, seed: 2).1 }
        let evaluations = Evaluation.paired(members, weights: weights, seed: 1)
        let mean = try #require(Evaluation.mean(of: evaluations, seed: 1).estimates[.accuracy])
        let single = try #require(evaluations[0].estimates[.accuracy])
        #expect(abs(mean.value - 0.75) < 0.05)
        #expect(mean.high - mean.low > 2 * (single.high - single.low))
    }

    @Test func `The share of a gap is told with its interval, and not where there is no gap`() throws {
        let rows = 2_000
        func evaluation(_ accuracy: Double) -> Evaluation {
            // Rows that are all right but for the last ones: better models are right on all that worse ones are.
            var outputs = Matrix(rows: rows, columns: 2, repeating: 0.2)
            for row in 0..<rows { outputs[row, row < Int(accuracy * Double(rows)) ? 0 : 1] = 0.8 }
            let target = Target(name: "y", classes: ["no", "yes"], labels: [Int32](repeating: 0, count: rows))
            let statistics = RowStatistics(outputs: outputs, target: target, teacher: nil)
            return Evaluation.paired([statistics], weights: [Float](repeating: 1, count: rows), seed: 1)[0]
        }
        let (low, own, high) = (evaluation(0.8), evaluation(0.83), evaluation(0.9))
        let share = try #require(own.shareOfGap(from: low, to: high, in: .accuracy))
        #expect(abs(share.value - 0.3) < 1e-6)
        #expect(share.low < 0.3 && share.low > 0.15 && share.high > 0.3 && share.high < 0.45)
        #expect(high.shareOfGap(from: low, to: low, in: .accuracy) == nil)
        #expect(high.shareOfGap(from: high, to: low, in: .accuracy) == nil)
        #expect(high.shareOfGap(from: low, to: high, in: .r2) == nil)
    }

    @Test func `The same seed gives the same replicates`() {
        let (_, statistics) = model(rightWith: 0.7, rows: 60, seed: 4)
        let weights = [Float](repeating: 1, count: 60)
        let first = Evaluation.paired([statistics], weights: weights, seed: 8)[0].replicates
        #expect(first == Evaluation.paired([statistics], weights: weights, seed: 8)[0].replicates)
        #expect(first != Evaluation.paired([statistics], weights: weights, seed: 9)[0].replicates)
    }
}
