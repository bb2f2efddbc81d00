import Compute
import Foundation
import Testing

struct ActivationTests {
    static func plain(_ function: ActivationFunction) -> (Double) -> Double {
        switch function {
        case .identity: { $0 }
        case .relu: { max($0, 0) }
        case .leakyReLU: { $0 > 0 ? $0 : 0.01 * $0 }
        case .sigmoid: { Reference.sigmoid($0) }
        case .tanh: { Foundation.tanh($0) }
        case .gelu: { $0 * Reference.normalCDF($0) }
        case .silu: { $0 * Reference.sigmoid($0) }
        case .hardSwish: { $0 * min(max($0 + 3, 0), 6) / 6 }
        }
    }

    @Test(arguments: ActivationFunction.allCases)
    func `Each function and its slope match the plain version`(function: ActivationFunction) throws {
        let plain = Self.plain(function)
        for (seed, width) in [1, 7, 16, 33, 100].enumerated() {
            var probe = OperationProbe(
                Activation(function), shapes: [.rows(width)], rows: 3, seed: UInt64(seed))
            try probe.check(against: { $0[0].map(plain) }, tolerance: 1e-6, gradientTolerance: 2e-5)
        }
    }

    @Test(arguments: ActivationFunction.allCases)
    func `Far from 0 each function takes its limit`(function: ActivationFunction) throws {
        let inputs: [Float] = [-1e4, -200, -90, -20, -5, 5, 20, 90, 200, 1e4]
        var probe = OperationProbe(Activation(function), shapes: [.rows(inputs.count)], rows: 1, seed: 1)
        let outcome = try probe.run([inputs])
        for (value, input) in zip(outcome.result, inputs) {
            let reference = Self.plain(function)(Double(input))
            #expect(abs(Double(value) - reference) <= 1e-6 * max(1, abs(reference)), "at \(input)")
        }
        for (index, input) in inputs.enumerated() {
            let plain = Self.plain(function)
            let slope = (plain(Double(input) + 1e-4) - plain(Double(input) - 1e-4)) / 2e-4
            let expected = slope * Double(outcome.direction[index])
            #expect(abs(Double(outcome.gradients[0][index]) - expected) < 1e-5, "the slope at \(input)")
        }
    }

    @Test(arguments: ActivationFunction.allCases.filter { $0 != .relu })
    func `Not-a-number stays visible`(function: ActivationFunction) throws {
        var probe = OperationProbe(Activation(function), shapes: [.rows(1)], rows: 1, seed: 1)
        let result = try probe.run([[.nan]]).result
        #expect(result[0].isNaN)
    }
}
