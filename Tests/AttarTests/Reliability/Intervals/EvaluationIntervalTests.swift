import Attar
import Compute
import Testing

struct EvaluationIntervalTests {
    /// Answers of two classes: of each row, whether it is of the second, and the probability of that.
    private static func statistics(_ rows: [(isSecond: Bool, probability: Float)], weights: [Float]? = nil)
        -> RowStatistics
    {
        let answers = Matrix(
            rows: rows.count, columns: 2, elements: rows.flatMap { [1 - $0.probability, $0.probability] })
        return RowStatistics(
            classes: answers, rows.map { $0.isSecond ? 1 : 0 }, teacher: nil,
            weights: weights ?? [Float](repeating: 1, count: rows.count))
    }

    private static func evaluations(_ models: [RowStatistics], rows: Int, weights: [Float]? = nil) -> [Evaluation] {
        Evaluation.paired(models, weights: weights ?? [Float](repeating: 1, count: rows), seed: 1)
    }

    @Test func `Models that are alike on all rows may differ by a little, not by nothing`() throws {
        let rows = (0..<100).map { (isSecond: $0 % 3 == 0, probability: Float($0 % 3 == 0 ? 0.8 : 0.2)) }
        let pair = Self.evaluations([Self.statistics(rows), Self.statistics(rows)], rows: 100)
        let difference = try #require(pair[0].minus(pair[1]).estimate(.accuracy))
        #expect(difference.value == 0)
        #expect(abs(difference.high - 0.03699) < 1e-4 && abs(difference.low + 0.03699) < 1e-4)
        let balanced = try #require(pair[0].minus(pair[1]).estimate(.balancedAccuracy))
        #expect(balanced.low < -0.01 && balanced.high > 0.01)
    }

    @Test func `A class that is never found has a recall that can be more than nothing`() throws {
        let rows = (0..<100).map { (isSecond: $0 < 4, probability: Float(0.1)) }
        let evaluation = Self.evaluations([Self.statistics(rows)], rows: 100)[0]
        let balanced = try #require(evaluation.estimate(.balancedAccuracy))
        #expect(balanced.value == 0.5)
        // Of four rows none: up to 60.2 % of them all (Clopper and Pearson), half of which counts.
        #expect(abs(balanced.high - (0.5 + 0.602 / 2)) < 0.001)
        #expect(balanced.low > 0.47 && balanced.low < 0.5)
        let score = try #require(evaluation.estimate(.macroF1))
        #expect(score.low < score.value && score.value + 0.1 < score.high)
    }

    @Test func `A class without rows can be found always or never`() throws {
        let rows = (0..<50).map { _ in (isSecond: false, probability: Float(0.1)) }
        let evaluation = Self.evaluations([Self.statistics(rows)], rows: 50)[0]
        let balanced = try #require(evaluation.estimate(.balancedAccuracy))
        #expect(balanced.value == 1 && balanced.low < 0.5 && balanced.high == 1)
        // One of fifty rows may well be of the second class, and would cost −ln 0.1.
        let loss = try #require(evaluation.estimate(.logLoss))
        #expect(loss.high > loss.value + 0.1)
    }

    @Test func `A calibration error's interval holds the error that is shown, and reaches down to none by chance`()
        throws
    {
        var generator = SeededGenerator(seed: 4)
        let calibrated = (0..<300).map { _ -> (isSecond: Bool, probability: Float) in
            let probability = generator.uniform()
            return (generator.uniform() < probability, probability)
        }
        let shown = try #require(
            Self.evaluations([Self.statistics(calibrated)], rows: 300)[0].estimate(.expectedCalibrationError))
        #expect(shown.value > 0.03 && shown.low == 0 && shown.high >= shown.value)
        // Right half of the time, and sure of it.
        let wrong = (0..<300).map { (isSecond: $0 % 2 == 0, probability: Float(0.95)) }
        let error = try #require(
            Self.evaluations([Self.statistics(wrong)], rows: 300)[0].estimate(.expectedCalibrationError))
        #expect(error.low > 0.35 && error.low < error.value && error.value < error.high && error.high < 0.55)
    }

    @Test func `Weights of rows leave fewer of them`() throws {
        let rows = (0..<200).map { (isSecond: $0 % 2 == 0, probability: Float($0 % 5 == 0 ? 0.9 : 0.2)) }
        let weights = (0..<200).map { Float($0 < 20 ? 9.5 : 0.05) }
        let plain = try #require(Self.evaluations([Self.statistics(rows)], rows: 200)[0].estimate(.accuracy))
        let weighted = try #require(
            Self.evaluations([Self.statistics(rows, weights: weights)], rows: 200, weights: weights)[0]
                .estimate(.accuracy))
        #expect(weighted.high - weighted.low > 2 * (plain.high - plain.low))
    }

    @Test func `Losses of which few rows make up half are named`() {
        var generator = SeededGenerator(seed: 2)
        func statistics(_ errors: [Float]) -> RowStatistics {
            RowStatistics(
                values: Matrix(rows: errors.count, columns: 1),
                Matrix(rows: errors.count, columns: 1, elements: errors),
                teacher: nil)
        }
        let normal = (0..<400).map { _ in generator.normal() }
        #expect(Self.evaluations([statistics(normal)], rows: 400)[0].heavyTailed.isEmpty)
        let heavy = normal.enumerated().map { $0 < 3 ? 30 : $1 }
        let tails = Self.evaluations([statistics(heavy)], rows: 400)[0].heavyTailed
        #expect(tails.map(\.metric) == [.mse] && tails.first.map { $0.rows <= 3 } == true)
    }
}
