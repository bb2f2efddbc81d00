import Attar
import Compute
import Testing

struct ClusterJudgingTests {
    /// Answers of full certainty.
    private static func hard(_ clusters: [Int32], of count: Int) -> Matrix {
        var answers = Matrix(rows: clusters.count, columns: count)
        for (row, one) in clusters.enumerated() { answers[row, Int(one)] = 1 }
        return answers
    }

    private static func estimates(
        _ answers: [Int32], _ teacher: [Int32], _ task: LearningTask, weights: [Float]? = nil
    ) -> [Metric: Estimate] {
        let own = weights ?? [Float](repeating: 1, count: answers.count)
        let statistics = ClusterJudging().of(task).statistics(
            hard(answers, of: task.width), .none, teacher: hard(teacher, of: task.width), weights: own)
        return Evaluation.paired([statistics], weights: own, seed: 3)[0].estimates
    }

    @Test func `Noise is left out of the index and told apart, by either of its names`() throws {
        let teacher: [Int32] = (0..<90).map { Int32($0 % 3) }
        // Of cluster 0 every other row goes astray, of the others none.
        let student = teacher.enumerated().map { $1 == 0 && $0 % 2 == 0 ? Int32(1) : $1 }
        for name in ["-1", "noise"] {
            let found = Self.estimates(student, teacher, .clustering([name, "a", "b"]))
            #expect(found[.adjustedRandIndex]?.value == 1)
            #expect(abs(try #require(found[.noiseF1]).value - 2.0 * 15 / 45) < 1e-9)
            #expect(abs(try #require(found[.agreement]).value - 75.0 / 90) < 1e-6)
        }
        let plain = Self.estimates(student, teacher, .clustering(["c", "a", "b"]))
        #expect(plain[.noiseF1] == nil && (plain[.adjustedRandIndex]?.value ?? 1) < 0.8)
    }

    @Test func `A student without a mistake is not claimed to make none`() throws {
        let teacher: [Int32] = (0..<60).map { Int32($0 % 3) }
        let found = Self.estimates(teacher, teacher, .clustering(["noise", "a", "b"]))
        for metric in [Metric.adjustedRandIndex, .adjustedMutualInformation, .vMeasure, .noiseF1] {
            let estimate = try #require(found[metric], "\(metric.name)")
            #expect(estimate.value == 1 && estimate.high == 1, "\(metric.name)")
            #expect((0.6..<0.97).contains(estimate.low), "\(metric.name) \(estimate)")
        }
    }

    @Test func `Nineteen of twenty intervals hold the index of all rows`() throws {
        // Answers that are wrong one time in twelve, of three clusters.
        let (rows, draws) = (200, 120)
        var generator = SeededGenerator(seed: 8, stream: "clusters")
        func sample(_ rows: Int) -> (answers: [Int32], right: [Int32]) {
            let right = (0..<rows).map { _ in Int32(generator.index(below: 3)) }
            let answers = right.map { generator.uniform() < 1.0 / 12 ? Int32(generator.index(below: 3)) : $0 }
            return (answers, right)
        }
        let all = sample(200_000)
        let truth = Contingency(all.right, all.answers, clusters: 3).adjustedRandIndex
        let task = LearningTask.clustering(3)
        let held = try (0..<draws).count { _ in
            let drawn = sample(rows)
            let estimate = try #require(Self.estimates(drawn.answers, drawn.right, task)[.adjustedRandIndex])
            return estimate.low <= truth && truth <= estimate.high
        }
        // 114 expected; three standard deviations are 7.
        #expect(held >= 107, "\(held) of \(draws)")
    }

    @Test func `Weights are relative, and a row of weight 2 counts as two`() throws {
        let teacher: [Int32] = (0..<40).map { Int32($0 % 4) }
        let student = teacher.enumerated().map { $0 % 7 == 0 ? Int32(0) : $1 }
        let task = LearningTask.clustering(4)
        func index(_ weights: [Float]) throws -> Double {
            try #require(Self.estimates(student, teacher, task, weights: weights)[.adjustedRandIndex]).value
        }
        let plain = try index([Float](repeating: 1, count: 40))
        #expect(abs(try index([Float](repeating: 0.01, count: 40)) - plain) < 1e-6)
        // Wrong answers weigh the more.
        let heavy = (0..<40).map { Float($0 % 7 == 0 ? 2 : 1) }
        let more = (0..<40).filter { $0 % 7 == 0 }
        let doubled = Contingency(
            teacher + more.map { teacher[$0] }, student + more.map { student[$0] }, clusters: 4
        ).adjustedRandIndex
        // Forty-six rows that count as forty: pairs of a row with itself differ a little.
        let weighted = try index(heavy)
        #expect(abs(weighted - doubled) < 0.02 && plain - weighted > 0.05)
    }

    @Test func `The silhouette is scikit-learn's, and the cost that of the clusters over the teacher's`() throws {
        let golden = try ClusterGolden.read()
        let features = try KMeansGolden.features(golden)
        let assignment = try #require(golden.kmeans.assignment)
        let own = Self.hard(assignment, of: 4)
        let weights = [Float](repeating: 1, count: features.rows)
        let judging = ClusterJudging().of(.clustering(4))
        let statistics = try #require(
            judging.statistics(own, features: features, teacher: own, weights: weights))
        let figures = statistics.values(weights: weights)
        let mean = try #require(golden.kmeans.silhouettes).reduce(0) { $0 + Double($1) } / Double(features.rows)
        #expect(abs(try #require(figures[.silhouette]) - mean) < 1e-4)
        #expect(figures[.costRatio] == 1)
        // All in one cluster cost what rows lie from their mean: features of variance 1.
        let together = Self.hard([Int32](repeating: 0, count: features.rows), of: 4)
        let all = try #require(
            judging.statistics(together, features: features, teacher: own, weights: weights)
        ).values(weights: weights)
        let total = Double(features.rows * features.columns)
        #expect(abs(try #require(all[.costRatio]) - total / golden.kmeans.cost) < 1e-3)
        #expect(all[.silhouette] == 0)
        // Of the teacher itself there is no ratio.
        #expect(judging.statistics(own, features: features, teacher: nil, weights: weights)?.metrics == [.silhouette])
    }

    @Test func `The baseline is the nearest of the means of the teacher's clusters, and is read again as it was`()
        throws
    {
        let features = Matrix(rows: 6, columns: 1, elements: [0, 1, 2, 10, 11, 12])
        let truth = Truth.classes([1, 1, 1, 2, 2, 2])
        let baseline = try #require(
            ClusterJudging().baseline(truth, features: features, of: .clustering(3), weights: nil))
        #expect(baseline.looksAtRows && baseline.centroids?.means == [[], [1], [11]])
        let answers = baseline.answers(to: Matrix(rows: 3, columns: 1, elements: [-5, 5.9, 6.1]))
        #expect(answers.argmax() == [1, 1, 2] && answers[0, 0] == 0)
        #expect(abs(answers.row(1).reduce(0, +) - 1) < 1e-6)
        #expect(try JSONValue(encoding: baseline).decoded(as: Baseline.self) == baseline)
    }
}
