import Attar
import Compute
import Testing

struct AnomalyJudgingTests {
    private func column(_ values: [Float]) -> Matrix { Matrix(rows: values.count, columns: 1, elements: values) }

    private func figures(_ scores: [Float], _ truth: Truth, teacher: [Float]?, weights: [Float]? = nil) -> [Metric:
        Double]
    {
        let weights = weights ?? [Float](repeating: 1, count: scores.count)
        return AnomalyJudging().statistics(column(scores), truth, teacher: teacher.map(column), weights: weights)
            .values(weights: weights)
    }

    @Test func `Figures of scores with ties are scikit-learn's and SciPy's`() throws {
        let golden = try AnomalyGolden.read()
        let found = figures(golden.scores, .values(column(golden.labels.map(Float.init))), teacher: golden.teacher)
        #expect(abs(try #require(found[.auroc]) - golden.auroc) < 1e-6)
        #expect(abs(try #require(found[.averagePrecision]) - golden.averagePrecision) < 1e-6)
        #expect(abs(try #require(found[.rankCorrelation]) - golden.rankCorrelation) < 1e-6)
    }

    @Test func `The top is a share of the rows, one row at least`() throws {
        // 200 rows: the top 1 % are two, the top 5 % ten. Rows 190 to 199 are the strangest; the teacher's are 191 to 200 % 200.
        let scores = (0..<200).map(Float.init)
        let teacher = (0..<200).map { Float(($0 + 199) % 200) }
        let labels = (0..<200).map { Float([199, 195, 3].contains($0) ? 1 : 0) }
        let found = figures(scores, .values(column(labels)), teacher: teacher)
        #expect(found[.precisionAtTop1] == 0.5)
        #expect(found[.precisionAtTop5] == 0.2)
        // The teacher's two strangest rows are 0 and 199, its ten 0 and 191 to 199.
        #expect(found[.overlapAtTop1] == 0.5)
        #expect(found[.overlapAtTop5] == 0.9)
        #expect(figures([1, 2, 3], .none, teacher: [1, 2, 3])[.overlapAtTop1] == 1)
    }

    @Test func `Without labels there are no figures of them, and of a teacher none to itself`() {
        let scores = (0..<300).map(Float.init)
        #expect(Set(figures(scores, .none, teacher: nil).keys) == [.falseAlarmRate])
        #expect(
            Set(figures(scores, .none, teacher: scores).keys)
                == [.rankCorrelation, .overlapAtTop1, .overlapAtTop5, .falseAlarmRate])
        // Rows of which none is an anomaly tell nothing of finding them.
        let none = figures(scores, .values(Matrix(rows: 300, columns: 1)), teacher: nil)
        #expect(Set(none.keys) == [.falseAlarmRate])
    }

    @Test func `False alarms are those on rows that are no known anomalies`() throws {
        // 1,000 usual rows and as many anomalies, which are all stranger: were they counted, half of the rows would raise alarms, or none.
        var generator = SeededGenerator(seed: 5, stream: "alarms")
        let labels = (0..<2_000).map { Float($0 % 2) }
        let scores = labels.map { 10 * $0 + generator.uniform() }
        let rate = try #require(figures(scores, .values(column(labels)), teacher: nil)[.falseAlarmRate])
        #expect(rate > 0.002 && rate < 0.02, "\(rate)")
        // 1 % takes 99 usual rows besides the fifth that is judged.
        for (rows, isMeasured) in [(246, false), (248, true)] {
            let truth = Truth.values(column(Array(labels[..<rows])))
            let found = figures(Array(scores[..<rows]), truth, teacher: nil)
            #expect((found[.falseAlarmRate] != nil) == isMeasured)
        }
    }

    @Test func `Over many sets of rows alarms on each fifth keep the promise that the others make`() throws {
        var generator = SeededGenerator(seed: 9, stream: "alarms")
        var shares: [Double] = []
        for _ in 0..<300 {
            let scores = (0..<200).map { _ in generator.uniform() }
            shares.append(try #require(figures(scores, .none, teacher: nil)[.falseAlarmRate]))
        }
        let mean = shares.reduce(0, +) / 300
        // Of 160 rows and one more, one raises an alarm at 1 %: 1 / 161 of the rows.
        let expected = 1 / 161.0
        let error = (0.01 * 0.99 / (200 * 300)).squareRoot()
        #expect(abs(mean - expected) < 3 * error, "\(mean)")
    }

    @Test func `Losses are how far ranks are off, and nothing of the unit of scores`() {
        let teacher: [Float] = [1, 2, 3, 4]
        let losses = AnomalyJudging().losses(column([10, 40, 20, 900]), .none, teacher: column(teacher)).values
        #expect(losses == [0, 1 / 16, 1 / 16, 0])
    }

    @Test func `The baseline is how far rows lie from the mean`() throws {
        let judging = AnomalyJudging()
        #expect(judging.baseline(.none, of: .anomaly, weights: nil) == nil)
        let baseline = try #require(judging.baseline(.values(column([1])), of: .anomaly, weights: nil))
        let features = Matrix(rows: 3, columns: 2, elements: [0, 0, 3, 4, -1, 0])
        #expect(baseline.answers(to: features).elements == [0, 5, 1])
        #expect(baseline.looksAtRows)
    }
}
