import Compute
import Testing

/// Transposes and symmetric systems.
struct MatrixRidgeTests {
    @Test func `A transpose exchanges rows and columns`() {
        let matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
        #expect(matrix.transposed() == Matrix(rows: 3, columns: 2, elements: [1, 4, 2, 5, 3, 6]))
    }

    @Test(arguments: 1...20)
    func `The solution solves the system, for sizes from 1 to 20`(size: Int) {
        var generator = SeededGenerator(seed: UInt64(size))
        let random = Matrix(
            rows: size, columns: 2 * size, elements: (0..<2 * size * size).map { _ in generator.normal() })
        let matrix = random.timesTransposed(random)
        let wanted = Matrix(rows: size, columns: 2, elements: (0..<2 * size).map { _ in generator.normal() })
        var right = matrix.timesTransposed(wanted.transposed())
        for index in wanted.elements.indices { right.elements[index] += 0.5 * wanted.elements[index] }
        let solution = matrix.solvingSymmetric(right, penalty: 0.5)
        for (one, other) in zip(solution.elements, wanted.elements) { #expect(abs(one - other) < 1e-3) }
    }

    @Test func `Directions that the system does not determine get 0`() {
        let matrix = Matrix(rows: 3, columns: 3, elements: [2, 2, 0, 2, 2, 0, 0, 0, 0])
        let solution = matrix.solvingSymmetric(Matrix(rows: 3, columns: 1, elements: [4, 4, 0]), penalty: 0)
        #expect(solution.elements == [2, 0, 0])
        let nothing = Matrix(rows: 2, columns: 2).solvingSymmetric(Matrix(rows: 2, columns: 1), penalty: 0)
        #expect(nothing.elements == [0, 0])
    }
}
