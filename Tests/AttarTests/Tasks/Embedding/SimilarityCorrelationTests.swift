import Attar
import Compute
import Testing

struct SimilarityCorrelationTests {
    /// What make_similarities.py has written.
    private struct Similarities: Decodable {
        let one, other: [[Float]]
        let spearman: Double
        let jackknife: [Double]
    }

    private static func matrix(_ rows: [[Float]]) -> Matrix {
        Matrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap { $0 })
    }

    @Test func `The correlation is SciPy's, and rows' influences are those of the jackknife`() throws {
        let golden = try golden("similarities.json", as: Similarities.self)
        let figure = try #require(
            SimilarityCorrelation(Self.matrix(golden.one), Self.matrix(golden.other)))
        #expect(abs(figure.value - golden.spearman) < 1e-6)
        #expect(abs(figure.influence.reduce(0, +)) < 1e-3)
        let own = figure.influence.map(Double.init)
        // The jackknife differs from the first order by terms of 1 / rows.
        for (one, other) in zip(own, golden.jackknife) { #expect(abs(one - other) < 0.1) }
        let products = zip(own, golden.jackknife).reduce(0) { $0 + $1.0 * $1.1 }
        let squares = (own.reduce(0) { $0 + $1 * $1 }) * golden.jackknife.reduce(0) { $0 + $1 * $1 }
        #expect(products / squares.squareRoot() > 0.99)
    }

    @Test func `Nineteen of twenty intervals from the influences hold the value of all rows`() throws {
        let (count, draws) = (80, 200)
        var generator = SeededGenerator(seed: 5, stream: "similarities")
        func normal() -> Float {
            (0..<12).reduce(Float(-6)) { sum, _ in sum + Float.random(in: 0..<1, using: &generator) }
        }
        func noisy(_ meaning: [Float]) -> [Float] { meaning.map { $0 + 0.8 * normal() } }
        let samples = try (0..<draws).map { _ in
            let meanings = (0..<count).map { _ in (0..<4).map { _ in normal() } }
            return try #require(
                SimilarityCorrelation(Self.matrix(meanings.map(noisy)), Self.matrix(meanings.map(noisy))))
        }
        let truth = samples.reduce(0) { $0 + $1.value } / Double(draws)
        let held = samples.count { sample in
            let variance = sample.influence.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(count * count)
            return abs(sample.value - truth) < 1.96 * variance.squareRoot()
        }
        // 190 expected; three standard deviations are 9.
        #expect((178...199).contains(held), "\(held) of \(draws)")
    }

    @Test func `Turned and scaled embeddings are alike, and those that say nothing have no correlation`() throws {
        let rows = Matrix(rows: 5, columns: 2, elements: [1, 0, 0, 1, 1, 1, -1, 2, 3, -1])
        let turned = Matrix(rows: 5, columns: 2, elements: [0, 2, -2, 0, -2, 2, -4, -2, 2, 6])
        #expect(try #require(SimilarityCorrelation(rows, turned)).value > 0.999)
        let same = Matrix(rows: 5, columns: 2, elements: [Float](repeating: 1, count: 10))
        #expect(SimilarityCorrelation(rows, same) == nil)
        #expect(SimilarityCorrelation(rows.selecting(rows: [0, 1]), turned.selecting(rows: [0, 1])) == nil)
    }
}
