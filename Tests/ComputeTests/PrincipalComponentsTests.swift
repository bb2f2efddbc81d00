import Compute
import Testing

struct PrincipalComponentsTests {
    @Test func `Axes are orthonormal eigenvectors of the covariance, the largest variance first`() {
        var generator = SeededGenerator(seed: 5)
        let (count, width) = (300, 6)
        var rows = Matrix(rows: count, columns: width)
        for row in 0..<count {
            let common = Float(generator.normal())
            for column in 0..<width {
                rows[row, column] = common * Float(column) + Float(generator.normal()) * Float(1 + column % 3) + 10
            }
        }
        let components = PrincipalComponents(of: rows, count: 4)
        #expect(components.axes.rows == 4 && components.variances == components.variances.sorted(by: >))
        // The covariance, in double precision and one element at a time.
        let means = (0..<width).map { column in
            (0..<count).reduce(0.0) { $0 + Double(rows[$1, column]) } / Double(count)
        }
        func covariance(_ a: Int, _ b: Int) -> Double {
            (0..<count).reduce(0.0) {
                $0 + (Double(rows[$1, a]) - means[a]) * (Double(rows[$1, b]) - means[b])
            } / Double(count)
        }
        for axis in 0..<4 {
            let own = (0..<width).map { Double(components.axes[axis, $0]) }
            for row in 0..<width {
                let product = (0..<width).reduce(0.0) { $0 + covariance(row, $1) * own[$1] }
                #expect(abs(product - components.variances[axis] * own[row]) < 1e-3 * components.variances[0])
            }
            for other in 0...axis {
                let dot = (0..<width).reduce(0.0) { $0 + own[$1] * Double(components.axes[other, $1]) }
                #expect(abs(dot - (other == axis ? 1 : 0)) < 1e-5)
            }
        }
        let coordinates = components.coordinates(of: rows)
        for axis in 0..<4 {
            let squares = (0..<count).reduce(0.0) { $0 + Double(coordinates[$1, axis] * coordinates[$1, axis]) }
            #expect(abs(squares / Double(count) - components.variances[axis]) < 1e-3 * components.variances[0])
        }
    }

    @Test func `As many axes as there are columns are the most`() {
        let rows = Matrix(rows: 3, columns: 2, elements: [0, 0, 1, 1, 2, 2])
        #expect(PrincipalComponents(of: rows, count: 9).axes.rows == 2)
    }
}
