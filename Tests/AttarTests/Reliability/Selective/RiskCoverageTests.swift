import Attar
import Compute
import Testing

struct RiskCoverageTests {
    private func curve(_ golden: GoldenReliability) -> RiskCoverage {
        let answers = golden.matrix.argmax()
        return RiskCoverage(
            confidence: golden.labels.indices.map { Double(golden.matrix[$0, Int(answers[$0])]) },
            errors: zip(answers, golden.labels).map { $0 == $1 ? 0 : 1 }, weights: golden.weights)
    }

    @Test func `The area under the risk–coverage curve equals NumPy's`() throws {
        let golden = try GoldenReliability.read()
        #expect(abs(curve(golden).area() - golden.area) < scoreTolerance)
    }

    @Test func `Binomial tails equal SciPy's`() throws {
        for tail in try GoldenReliability.read().tails {
            let own = Binomial.atMost(Int(tail[0]), of: Int(tail[1]), probability: tail[2])
            #expect(abs(own - tail[3]) < 1e-9 * max(1, tail[3]) || abs(own / tail[3] - 1) < 1e-6)
        }
    }

    @Test func `Shares of rows have SciPy's Wilson intervals`() throws {
        for expected in try GoldenReliability.read().wilson {
            let hits = (0..<Int(expected[1])).map { $0 < Int(expected[0]) ? 1.0 : 0 }
            let own = Estimate(share: hits, weights: [Float](repeating: 1, count: hits.count))
            #expect(abs(own.low - expected[2]) < 1e-9 && abs(own.high - expected[3]) < 1e-9)
        }
    }

    @Test func `Calibration errors and diagrams equal netcal's, NumPy's and scikit-learn's`() throws {
        let golden = try GoldenReliability.read()
        let ones = [Float](repeating: 1, count: golden.labels.count)
        let bins = CalibrationEvidence.diagram(golden.matrix, golden.labels, ones)
        let error = bins.reduce(0) {
            $0 + Double($1.rows) / Double(ones.count) * abs($1.accuracy.value - $1.confidence)
        }
        #expect(abs(error - golden.calibrationError) < scoreTolerance)
        let filled = bins.filter { $0.rows > 0 }
        #expect(filled.count == golden.diagram.accuracy.count)
        for (bin, expected) in zip(filled, zip(golden.diagram.accuracy, golden.diagram.confidence)) {
            #expect(abs(bin.accuracy.value - expected.0) < scoreTolerance)
            #expect(abs(bin.confidence - expected.1) < scoreTolerance)
        }
        let target = Target(
            name: "y", classes: (0..<golden.matrix.columns).map(String.init), labels: golden.labels)
        let adaptive =
            RowStatistics(outputs: golden.matrix, target: target, teacher: nil)
            .values(weights: golden.weights)[.adaptiveCalibrationError] ?? .nan
        #expect(abs(adaptive - golden.adaptiveCalibrationError) < scoreTolerance)
    }

    @Test func `Rows that are equally confident count as their mean, in whatever order they stand`() {
        let weights = [Float](repeating: 1, count: 4)
        let one = RiskCoverage(confidence: [0.9, 0.5, 0.5, 0.5], errors: [0, 1, 0, 0], weights: weights)
        let other = RiskCoverage(confidence: [0.5, 0.5, 0.9, 0.5], errors: [0, 0, 0, 1], weights: weights)
        #expect(one.area() == other.area())
        #expect(one.answered(0.5).risk == other.answered(0.5).risk)
    }

    @Test func `A threshold that is vouched for keeps its risk on new rows, nine times in ten`() {
        // The probability of a wrong answer is (1 − confidence) / 2.
        func rows(_ seed: UInt64) -> (confidence: [Double], wrong: [Bool]) {
            var generator = SeededGenerator(seed: seed)
            let confidence = (0..<400).map { _ in Double(generator.uniform()) }
            return (confidence, confidence.map { Double(generator.uniform()) < (1 - $0) / 2 })
        }
        var broken = 0
        for seed in 0..<200 {
            let (confidence, wrong) = rows(UInt64(seed))
            let curve = RiskCoverage(
                confidence: confidence, errors: wrong.map { $0 ? 1 : 0 }, weights: [Float](repeating: 1, count: 400))
            guard let found = curve.guarantee(risk: 0.1, delta: 0.1, wrong: wrong) else { continue }
            // The risk above a threshold t is (1 − t) / 4.
            if (1 - found.threshold) / 4 > 0.1 { broken += 1 }
        }
        // At most 20 are expected; three standard deviations more are 33.
        #expect(broken <= 33)
    }

    @Test func `No threshold is vouched for on fewer rows than it takes`() {
        #expect(RiskCoverage.fewestRows(risk: 0.01, delta: 0.1) == 230)
        let curve = RiskCoverage(
            confidence: [Double](repeating: 1, count: 229), errors: [Double](repeating: 0, count: 229),
            weights: [Float](repeating: 1, count: 229))
        let wrong = [Bool](repeating: false, count: 229)
        #expect(curve.guarantee(risk: 0.01, delta: 0.1, wrong: wrong) == nil)
        #expect(curve.guarantee(risk: 0.02, delta: 0.1, wrong: wrong)?.coverage == 1)
    }
}
