import Attar
import Compute
import Testing

/// Golden values were made by scikit-learn and NumPy; see `Golden/make_metrics.py`.
struct RowStatisticsTests {
    private struct GoldenMetrics: Decodable {
        struct Case: Decodable {
            var labels: [Int32]?
            var values: [Float]?
            var weights: [Float]
            var student: [Float]
            var teacher: [Float]
            var classes: Int?
            var outputs: Int?
            var metrics: [String: Double]
        }
        var classification: Case
        var binary: Case
        var regression: Case
    }

    /// Row-wise numbers are 32-bit floats; their relative error is about 1e-7 each and does not add up in a mean.
    private static let tolerance = 1e-6

    @Test(arguments: ["weighted", "binary"])
    func `Metrics of a classification equal scikit-learn's`(_ kind: String) throws {
        let all = try golden("metrics.json", as: GoldenMetrics.self)
        let expected = kind == "binary" ? all.binary : all.classification
        let classes = try #require(expected.classes)
        let rows = expected.weights.count
        let statistics = RowStatistics(
            outputs: Matrix(rows: rows, columns: classes, elements: expected.student),
            target: Target(name: "y", classes: (0..<classes).map(String.init), labels: try #require(expected.labels)),
            teacher: Matrix(rows: rows, columns: classes, elements: expected.teacher), weights: expected.weights)
        let figures = statistics.values(weights: expected.weights)
        #expect(Set(figures.keys.map(\.name)) == Set(expected.metrics.keys))
        for (name, value) in expected.metrics {
            let metric = try #require(Catalogue.standard.metrics[name])
            let figure = try #require(figures[metric])
            #expect(abs(figure - value) < Self.tolerance * max(1, abs(value)), "\(name): \(figure) against \(value)")
        }
    }

    @Test func `Metrics of a weighted regression with two outputs equal scikit-learn's`() throws {
        let expected = try golden("metrics.json", as: GoldenMetrics.self).regression
        let outputs = try #require(expected.outputs)
        let rows = expected.weights.count
        func matrix(_ elements: [Float]) -> Matrix { Matrix(rows: rows, columns: outputs, elements: elements) }
        let statistics = RowStatistics(
            outputs: matrix(expected.student),
            target: Target(name: "y", outputs: ["a", "b"], values: matrix(try #require(expected.values))),
            teacher: matrix(expected.teacher), weights: expected.weights)
        let figures = statistics.values(weights: expected.weights)
        #expect(Set(figures.keys.map(\.name)) == Set(expected.metrics.keys))
        for (name, value) in expected.metrics {
            let metric = try #require(Catalogue.standard.metrics[name])
            let figure = try #require(figures[metric])
            #expect(abs(figure - value) < Self.tolerance * max(1, abs(value)), "\(name): \(figure) against \(value)")
        }
    }

    @Test(arguments: [1e-30, 1, 1e9, 1e37] as [Float])
    func `R² does not depend on the unit, and squared errors are finite in any`(unit: Float) throws {
        let actual = (0..<50).map { Float($0 % 7) * unit }
        let predicted = (0..<50).map { (Float($0 % 7) + ($0 % 2 == 0 ? 0.5 : -0.5)) * unit }
        let values = RowStatistics(
            outputs: Matrix(rows: 50, columns: 1, elements: predicted),
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 50, columns: 1, elements: actual)),
            teacher: nil
        ).values(weights: [Float](repeating: 1, count: 50))
        #expect(abs((values[.r2] ?? 0) - 0.93897) < 1e-5)
        #expect(abs((values[.mse] ?? 0) / Double(unit) / Double(unit) - 0.25) < 1e-6)
    }
}
