import Attar
import Compute
import Testing

struct PredictionSetsGoldenTests {
    @Test func `LAC's scores, thresholds and sets equal MAPIE's`() throws {
        let golden = try GoldenReliability.read()
        let scored = try ScoredRows(.lac, golden.matrix, target: golden.target, allowsEmpty: true, seed: 1)
        let sets = PredictionSets(scored, at: golden.calibration, seed: 1)
        let own = ScoreQuantiles(golden.lac.scores)
        for (level, coverage) in golden.levels.enumerated() {
            let threshold = try #require(golden.lac.thresholds?[level])
            #expect(abs(own.threshold(coverage: coverage) - threshold) < scoreTolerance)
            #expect(abs(sets.thresholds(coverage: coverage)[0] - threshold) < scoreTolerance)
            let found = sets.sets(
                of: Answers(.probabilities, golden.matrix.selecting(rows: golden.test)), identifiers: golden.test,
                coverage: coverage)
            #expect(found == golden.lac.sets?[level])
        }
    }

    @Test(arguments: [SetMethod.aps, .raps])
    func `Scores of the randomised methods equal MAPIE's with the same draws`(method: SetMethod) throws {
        let golden = try GoldenReliability.read()
        let expected = method == .aps ? golden.aps : golden.raps
        let draws = try #require(golden.aps.draws)
        for row in golden.calibration {
            let scores = ClassScores(method).scores(of: golden.matrix.row(row), draw: draws[row])
            #expect(abs(scores[Int(golden.labels[row])] - expected.scores[row]) < scoreTolerance)
        }
        let quantiles = ScoreQuantiles(golden.aps.scores)
        for (level, coverage) in golden.levels.enumerated() {
            let threshold = try #require(golden.aps.thresholds?[level])
            #expect(abs(quantiles.threshold(coverage: coverage) - threshold) < scoreTolerance)
        }
    }

    @Test func `Thresholds by class equal those of each class's own rows`() throws {
        let golden = try GoldenReliability.read()
        let scored = try ScoredRows(.lacByClass, golden.matrix, target: golden.target, allowsEmpty: true, seed: 1)
        let sets = PredictionSets(scored, at: golden.calibration, seed: 1)
        for (level, coverage) in golden.levels.enumerated() {
            for (label, threshold) in sets.thresholds(coverage: coverage).enumerated() {
                if let expected = golden.byClass[label][level] {
                    #expect(abs(threshold - expected) < scoreTolerance)
                } else {
                    #expect(threshold == .infinity)
                }
            }
        }
    }

    @Test func `Intervals of one width equal MAPIE's`() throws {
        let golden = try GoldenReliability.read()
        func column(_ values: [Float]) -> Matrix { Matrix(rows: values.count, columns: 1, elements: values) }
        let target = Target(name: "y", outputs: ["y"], values: column(golden.values))
        let scored = try ScoredRows(.residual, column(golden.predicted), target: target, seed: 1)
        let sets = PredictionSets(scored, at: golden.calibration, seed: 1)
        let own = column(golden.predicted).selecting(rows: golden.test)
        for (level, coverage) in golden.levels.enumerated() {
            let ends = sets.intervals(around: Answers(.values, own), features: own, coverage: coverage)
            for row in 0..<own.rows {
                #expect(abs(Double(ends.low[row, 0]) - golden.intervals[level][row][0]) < 2e-6)
                #expect(abs(Double(ends.high[row, 0]) - golden.intervals[level][row][1]) < 2e-6)
            }
        }
    }

    @Test func `The ranked probability score equals properscoring's`() throws {
        let golden = try GoldenReliability.read()
        let forecast = RankedProbabilityScore(golden.deviations)
        for (row, expected) in golden.crps.enumerated() {
            let residual = Double(golden.values[row]) - Double(golden.predicted[row])
            #expect(abs(forecast.score(residual: residual) - expected) < scoreTolerance)
        }
    }
}
