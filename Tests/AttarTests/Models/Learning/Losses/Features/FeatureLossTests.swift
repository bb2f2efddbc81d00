import Attar
import Compute
import Testing

/// Values and gradients against an independent implementation, and what each loss must not depend on.
struct FeatureLossTests {
    /// `Golden/features.json`: made with NumPy in 64-bit floats from the published formulas; gradients are central differences.
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let loss: String
        let rows: Int
        let studentShape: [Int]
        let teacherShape: [Int]
        let student: [Float]
        let teacher: [Float]
        let weights: [Float]
        let value: Double
        let gradient: [Float]

        var testDescription: String { "\(loss) of \(rows) rows of \(studentShape)" }

        func evaluated(weight: Double = 1) -> (value: Double, gradient: Matrix) {
            FeatureLoss(rawValue: loss).evaluated(
                student: Matrix(rows: rows, columns: student.count / rows, elements: student), dimensions: studentShape,
                teacher: Matrix(rows: rows, columns: teacher.count / rows, elements: teacher),
                teacherDimensions: teacherShape, weights: weights, weight: weight)
        }
    }

    static let cases: [Case] = (try? golden("features.json", as: [Case].self)) ?? []

    @Test func `Each loss has golden cases`() {
        #expect(Set(Self.cases.map(\.loss)) == Set(FeatureLoss.all.map(\.rawValue)))
    }

    @Test(arguments: cases)
    func `Values are those of an independent implementation`(_ golden: Case) {
        // 32-bit floats, against the size of what is summed.
        #expect(
            abs(golden.evaluated().value - golden.value) < 1e-5 * max(0.1, golden.value), "\(golden.evaluated().value)")
        #expect(abs(golden.evaluated(weight: 30).value - 30 * golden.value) < 3e-4 * max(0.1, golden.value))
    }

    @Test(arguments: cases)
    func `Gradients are the slopes of the values`(_ golden: Case) {
        let largest = golden.gradient.map(abs).max() ?? 0
        let gradient = golden.evaluated().gradient.elements
        // Central differences of 64-bit values are good to about 1e-9; 32-bit floats round at 1e-7 of the largest intermediate.
        for (index, (own, expected)) in zip(gradient, golden.gradient).enumerated() {
            #expect(abs(own - expected) < 1e-4 * largest + 1e-8, "element \(index)")
        }
    }

    private static func sample(_ rows: Int, _ width: Int, seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed, stream: "features")
        return Matrix(rows: rows, columns: width, elements: (0..<rows * width).map { _ in generator.normal() })
    }

    private static func dimensions(_ loss: FeatureLoss) -> [Int] { loss == .attention ? [2, 3, 2] : [12] }

    @Test(arguments: FeatureLoss.all)
    func `A student that is its teacher has no loss and stays where it is`(_ loss: FeatureLoss) {
        let values = Self.sample(6, 12, seed: 3)
        let dimensions = Self.dimensions(loss)
        let (value, gradient) = loss.evaluated(
            student: values, dimensions: dimensions, teacher: values, teacherDimensions: dimensions)
        #expect(abs(value) < 1e-9)
        #expect(gradient.elements.allSatisfy { abs($0) < 1e-6 })
    }

    @Test(arguments: [FeatureLoss.similarity, .distance, .angle, .pkt, .attention])
    func `The scale of hidden tensors does not count`(_ loss: FeatureLoss) {
        let (student, teacher) = (Self.sample(6, 12, seed: 1), Self.sample(6, 12, seed: 2))
        let dimensions = Self.dimensions(loss)
        func value(_ scale: Float) -> Double {
            var scaled = student
            scaled.elements = scaled.elements.map { $0 * scale }
            return loss.evaluated(
                student: scaled, dimensions: dimensions, teacher: teacher, teacherDimensions: dimensions
            ).value
        }
        #expect(abs(value(1) - value(8)) < 1e-5 * value(1))
        #expect(value(1) > 1e-3)
    }

    @Test(arguments: FeatureLoss.all)
    func `Rows that are the same, or 0, leave the gradient finite`(_ loss: FeatureLoss) {
        let dimensions = Self.dimensions(loss)
        for value in [Float(0), 1] {
            let same = Matrix(rows: 4, columns: 12, repeating: value)
            let result = loss.evaluated(
                student: same, dimensions: dimensions, teacher: Self.sample(4, 12, seed: 5),
                teacherDimensions: dimensions)
            #expect(result.value.isFinite)
            #expect(result.gradient.elements.allSatisfy { $0.isFinite })
        }
    }

    @Test(arguments: FeatureLoss.all)
    func `A batch of one row works`(_ loss: FeatureLoss) {
        let dimensions = Self.dimensions(loss)
        let result = loss.evaluated(
            student: Self.sample(1, 12, seed: 1), dimensions: dimensions, teacher: Self.sample(1, 12, seed: 2),
            teacherDimensions: dimensions)
        #expect(result.value.isFinite)
        #expect(result.gradient.elements.allSatisfy { $0.isFinite })
    }

    @Test func `Weights are the published ones`() {
        #expect(FeatureLoss.all.map(\.publishedWeight) == [100, 1000, 3000, 25, 50, 30_000])
    }
}
