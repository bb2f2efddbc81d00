import Attar
import Compute
import Testing

/// Golden values were made by SciPy: `scipy.stats.binom.cdf(k, n, p)` and `scipy.stats.beta.ppf(c, k + 1, n - k)`.
struct BinomialTests {
    @Test(arguments: [
        (3, 10, 0.2, 0.8791261184), (0, 50, 0.1, 0.005153775207320115), (480, 539, 0.9, 0.2510307221912098),
        (70_100, 100_000, 0.7, 0.7559320813036825), (9, 10, 0.5, 0.9990234375),
    ])
    func `Probabilities of counts equal SciPy's`(_ count: Int, _ trials: Int, _ probability: Double, _ expected: Double)
    {
        let found = Binomial.atMost(count, of: trials, probability: probability)
        #expect(abs(found - expected) < 1e-6, "\(found)")
    }

    @Test(arguments: [(0, 100, 0.95, 0.02951304589), (3, 539, 0.95, 0.014321938268085551), (50, 50, 0.95, 1)])
    func `Upper bounds equal SciPy's`(_ count: Int, _ trials: Int, _ confidence: Double, _ expected: Double) {
        let found = Binomial.upperBound(count, of: trials, confidence: confidence)
        #expect(abs(found - expected) < 1e-6, "\(found)")
    }
}

struct NonInferiorityTests {
    /// A student that is wrong on the first rows and a teacher that is never wrong.
    private static func measured(wrong: Int, of rows: Int) throws -> NonInferiority {
        let target = Target(name: "y", classes: ["a", "b"], labels: [Int32](repeating: 0, count: rows))
        var student = Matrix(rows: rows, columns: 2, repeating: 0.1)
        var teacher = student
        for row in 0..<rows {
            student[row, row < wrong ? 1 : 0] = 0.9
            teacher[row, 0] = 0.9
        }
        let dataset = Dataset(source: "rows", columns: [Column("x", .numeric([Float](repeating: 0, count: rows)))])
        let judged = JudgedRows(
            dataset, target: target, answers: SideBySide(student: student, teacher: teacher), seed: 1)
        let evaluations = Evaluation.paired(
            [student, teacher].map { RowStatistics(outputs: $0, target: target, teacher: nil) },
            weights: judged.weights, seed: 1)
        return try #require(NonInferiority(difference: evaluations[0].minus(evaluations[1]), judged))
    }

    @Test func `Without a lost row the bound is not zero`() throws {
        let measured = try Self.measured(wrong: 0, of: 100)
        #expect(measured.deficit == 0)
        // See `Golden/make_intervals.py`.
        #expect(abs(measured.bound - 0.03539) < 1e-5)
        #expect(measured.text.contains("at most 3.5 points above the teacher's"))
        #expect(try Self.measured(wrong: 0, of: 10).text.contains("10 test rows are few: give at least 30"))
    }

    @Test func `With many lost rows the bound is the normal one`() throws {
        let measured = try Self.measured(wrong: 100, of: 1_000)
        let deviation = (0.1 * 0.9 / 1_000).squareRoot()
        #expect(abs(measured.bound - (0.1 + 1.645 * deviation)) < 0.004)
    }
}
