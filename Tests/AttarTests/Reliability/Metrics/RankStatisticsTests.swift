import Attar
import Compute
import Testing

struct RankStatisticsTests {
    @Test(arguments: [Metric.auroc, .averagePrecision])
    func `A row's influence is how much the figure changes with the row's weight`(metric: Metric) throws {
        var generator = SeededGenerator(seed: 4, stream: "influence")
        let labels = (0..<60).map { _ in Int32(generator.uniform() < 0.2 ? 1 : 0) }
        // Many ties.
        let scores = labels.map { (0.3 * Float($0) + 0.7 * generator.uniform() * 10).rounded() / 20 }
        let answers = Matrix(rows: 60, columns: 2, elements: scores.flatMap { [1 - $0, $0] })
        let weights = labels.map { _ in 0.5 + generator.uniform() }
        func statistics(_ weights: [Float]) -> RowStatistics {
            ClassJudging().statistics(answers, .classes(labels), teacher: nil, weights: weights)
        }
        let own = statistics(weights)
        for row in stride(from: 0, to: 60, by: 7) {
            var changed = weights
            changed[row] *= 1.02
            // To first order, and anew.
            let before = try #require(own.values(weights: weights)[metric])
            let linear = try #require(own.values(weights: changed)[metric]) - before
            let exact = try #require(statistics(changed).values(weights: changed)[metric]) - before
            #expect(abs(linear - exact) < 2e-5 + 0.05 * abs(exact), "row \(row): \(linear) against \(exact)")
        }
    }

    @Test func `The figures of rows of one class, or of one answer, are none or nothing`() throws {
        let alike = Matrix(rows: 4, columns: 2, elements: [Float](repeating: 0.5, count: 8))
        let weights = [Float](repeating: 1, count: 4)
        let one = ClassJudging().statistics(alike, .classes([1, 1, 1, 1]), teacher: nil, weights: weights)
        #expect(one.values(weights: weights)[.averagePrecision] == nil)
        let two = ClassJudging().statistics(alike, .classes([0, 1, 0, 0]), teacher: nil, weights: weights)
        let figures = two.values(weights: weights)
        #expect(figures[.averagePrecision] == 0.25 && figures[.auroc] == 0.5 && figures[.matthews] == 0)
    }
}
