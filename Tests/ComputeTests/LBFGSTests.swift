import Compute
import Testing

/// The minimiser on functions whose minimum is known.
struct LBFGSTests {
    @Test func `Rosenbrock's valley ends at (1, 1)`() {
        var optimiser = LBFGS()
        optimiser.valueTolerance = 0
        let found = optimiser.minimum(from: [-1.2, 1]) { _, _ in
        } evaluate: { position, gradient in
            let (x, y) = (Double(position[0]), Double(position[1]))
            gradient[0] = Float(-400 * x * (y - x * x) - 2 * (1 - x))
            gradient[1] = Float(200 * (y - x * x))
            return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
        }
        #expect(abs(found.position[0] - 1) < 1e-3 && abs(found.position[1] - 1) < 1e-3)
        #expect(found.iterations < 90)
    }

    @Test func `A stretched bowl is solved in few steps`() {
        var optimiser = LBFGS()
        optimiser.gradientTolerance = 1e-2
        let found = optimiser.minimum(from: [Float](repeating: 1, count: 20)) { _, _ in
        } evaluate: { position, gradient in
            var value = 0.0
            for index in position.indices {
                let stretch = Double(1 + index * index)
                gradient[index] = Float(stretch) * (position[index] - 3)
                value += 0.5 * stretch * Double(position[index] - 3) * Double(position[index] - 3)
            }
            return value
        }
        #expect(found.position.allSatisfy { abs($0 - 3) < 1e-2 })
        #expect(found.iterations < 90)
    }

    @Test func `The kink of a sum of distances is found`() {
        let found = LBFGS().minimum(from: [4, -3]) { _, _ in
        } evaluate: { position, gradient in
            gradient[0] = position[0] > 1 ? 1 : -1
            gradient[1] = position[1] > 0 ? 2 : -2
            return Double(abs(position[0] - 1) + 2 * abs(position[1]))
        }
        #expect(found.value < 0.05)
    }

    @Test func `A value that is not finite ends the search at once`() {
        let found = LBFGS().minimum(from: [1]) { _, _ in
        } evaluate: { _, gradient in
            gradient[0] = 1
            return .nan
        }
        #expect(found.iterations == 0 && found.value.isNaN)
    }

    @Test func `An error thrown from a step ends the search`() {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try LBFGS().minimum(from: [5]) { step, _ in
                throw Stop()
            } evaluate: { position, gradient in
                gradient[0] = 2 * position[0]
                return Double(position[0] * position[0])
            }
        }
    }
}
