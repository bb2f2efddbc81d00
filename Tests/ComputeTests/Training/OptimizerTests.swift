import Compute
import Testing

struct OptimizerTests {
    /// Runs five steps on 37 parameters, and the same by the plain formula, element by element in double precision.
    ///
    /// - Parameter plain: changes the parameter and its moments, given the gradient and the step.
    func compare(
        _ optimizer: any Optimizer, _ plain: (inout Double, inout [Double], Double, Int) -> Void, rate: Float = 0.1
    ) {
        let count = 37
        var generator = SeededGenerator(seed: 5)
        var values = (0..<count).map { _ in 2 * generator.uniform() - 1 }
        var moments = [Float](repeating: 0, count: optimizer.momentsPerParameter * count)
        var expected = values.map(Double.init)
        var expectedMoments = [[Double]](repeating: [0, 0], count: count)
        for step in 1...5 {
            let gradients = (0..<count).map { _ in 2 * generator.uniform() - 1 }
            values.withUnsafeMutableBufferPointer { values in
                moments.withUnsafeMutableBufferPointer { moments in
                    gradients.withUnsafeBufferPointer { gradients in
                        optimizer.update(
                            ParameterBlock(
                                count: count, values: values.baseAddress.unsafelyUnwrapped,
                                gradients: gradients.baseAddress.unsafelyUnwrapped,
                                moments: moments.baseAddress.unsafelyUnwrapped, stride: count, decays: true),
                            step: step, rate: rate)
                    }
                }
            }
            for index in 0..<count {
                plain(&expected[index], &expectedMoments[index], Double(gradients[index]), step)
            }
        }
        for (value, reference) in zip(values, expected) { #expect(abs(Double(value) - reference) < 2e-6) }
    }

    func power(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * base } }

    @Test(arguments: [false, true])
    func `Adam follows its formula, with decay in the gradient or beside it`(isDecoupled: Bool) {
        compare(Adam(weightDecay: 0.1, isDecoupled: isDecoupled)) { value, moments, gradient, step in
            let slope = gradient + (isDecoupled ? 0 : 0.1 * value)
            if isDecoupled { value -= 0.1 * 0.1 * value }
            moments[0] = 0.9 * moments[0] + 0.1 * slope
            moments[1] = 0.999 * moments[1] + 0.001 * slope * slope
            let first = moments[0] / (1 - power(0.9, step))
            let second = moments[1] / (1 - power(0.999, step))
            value -= 0.1 * first / (second.squareRoot() + 1e-8)
        }
    }

    @Test func `Lion follows its formula: the sign of a running mean, with decay beside it`() {
        compare(Lion(weightDecay: 0.1)) { value, moments, gradient, _ in
            let direction = 0.9 * moments[0] + 0.1 * gradient
            value -= 0.1 * 0.1 * value
            value -= 0.1 * (direction > 0 ? 1 : direction < 0 ? -1 : 0)
            moments[0] = 0.99 * moments[0] + 0.01 * gradient
        }
    }

    @Test(arguments: [false, true])
    func `Gradient descent follows its formula, with and without Nesterov's momentum`(isNesterov: Bool) {
        compare(GradientDescent(momentum: 0.8, isNesterov: isNesterov, weightDecay: 0.05)) {
            value, moments, gradient, _ in
            let slope = gradient + 0.05 * value
            moments[0] = 0.8 * moments[0] + slope
            value -= 0.1 * (isNesterov ? slope + 0.8 * moments[0] : moments[0])
        }
    }
}
