import Attar
import Compute
import Foundation
import Testing

/// The loss on a teacher's likeliest classes and one bucket for all others.
struct TopClassesTests {
    private typealias Term = DistillationLoss.Term

    private static let student = Matrix(
        rows: 3, columns: 6,
        elements: [
            2.041, -2.556, 0.418, -0.568, -0.453, -0.216, -2.02, -0.232, -0.865, 3.323, 0.226, -0.353, -0.281, -0.668,
            -1.055,
            -0.391, 0.482, -0.239,
        ])
    private static let teacher = Matrix(
        rows: 3, columns: 6,
        elements: [
            1.916, -0.4, 0.049, 3.092, 1.09, -1.01, -0.366, 1.081, 3.87, -0.539, -0.487, 2.005, -1.773, -0.583, 1.765,
            1.161,
            0.183, 1.34,
        ])

    /// The values are NumPy's: softmax, the greatest k of each row and the sum of the rest, then T²·Σ Q log(Q / P), mean over the rows.
    @Test(arguments: [(1.0, 2.0, 1.6957600678046074), (3, 3, 1.803185838785659)])
    func `It is the divergence of the buckets`(temperature: Double, known: Double, expected: Double) {
        let loss = DistillationLoss([Term(.topClasses, temperature: temperature, parameter: known)])
        let value = loss.value(outputs: Self.student, softTargets: Self.teacher)
        #expect(abs(value - expected) < 1e-6)
    }

    @Test func `With all classes known it is the divergence of all`() {
        let all = DistillationLoss([Term(.topClasses, temperature: 2, parameter: 6)])
        let whole = DistillationLoss([Term(.kullbackLeibler, temperature: 2)])
        let (a, b) = (
            all.value(outputs: Self.student, softTargets: Self.teacher),
            whole.value(outputs: Self.student, softTargets: Self.teacher)
        )
        #expect(abs(a - b) < 1e-5)
    }

    @Test func `How the rest is spread does not matter`() {
        var even = Self.teacher.softmax()
        for row in 0..<3 {
            let order = (0..<6).sorted { even[row, $0] > even[row, $1] }
            let rest = order[2...].reduce(Float(0)) { $0 + even[row, $1] } / 4
            for column in order[2...] { even[row, column] = rest }
        }
        let spread = Matrix(rows: 3, columns: 6, elements: even.elements.map { Float(log(Double($0))) })
        let loss = DistillationLoss([Term(.topClasses, parameter: 2)])
        let (a, b) = (
            loss.value(outputs: Self.student, softTargets: Self.teacher),
            loss.value(outputs: Self.student, softTargets: spread)
        )
        #expect(abs(a - b) < 1e-5)
    }

    @Test func `A student that is sure of the wrong class gives finite numbers`() {
        let sure = Matrix(rows: 1, columns: 4, elements: [2000, -2000, -2000, -2000])
        let other = Matrix(rows: 1, columns: 4, elements: [-50, 50, -50, -50])
        let loss = DistillationLoss([Term(.topClasses, parameter: 1)])
        #expect(loss.value(outputs: sure, softTargets: other).isFinite)
        let gradient = loss.gradient(outputs: sure, softTargets: other)
        #expect(gradient.elements.allSatisfy { $0.isFinite })
    }

    @Test func `A recipe that keeps only some classes learns those`() throws {
        var recipe = Recipe()
        recipe.asking.topK = 3
        func terms() throws -> [Term] {
            try DistillationSettings(recipe).distillationLoss(
                for: .classification(["a", "b"]), of: .classification, knownClasses: recipe.asking.topK
            ).terms
        }
        #expect(try terms().contains { $0.parameter == 3 })
        recipe.loss = "kl"
        #expect(try terms().map(\.kind) == [.kullbackLeibler])
    }
}
