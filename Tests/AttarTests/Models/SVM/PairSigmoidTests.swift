import Attar
import Compute
import Foundation
import Testing

struct PairSigmoidTests {
    @Test func `The sigmoid that made the labels is found`() {
        var generator = SeededGenerator(seed: 4)
        let decisions = (0..<20_000).map { _ in 4 * generator.uniform() - 2 }
        let first = decisions.map { generator.uniform() < 1 / (1 + exp(-(2 * $0 + 0.5))) }
        let sigmoid = PairSigmoid(fittedTo: decisions, isFirst: first)
        // About four deviations of the estimate from 20,000 rows.
        #expect(abs(sigmoid.slope - 2) < 0.12)
        #expect(abs(sigmoid.offset - 0.5) < 0.08)
    }

    @Test func `Rows told apart perfectly, one class and equal decisions give a finite sigmoid`() {
        let apart = PairSigmoid(fittedTo: [-1, -1, 1, 1], isFirst: [false, false, true, true])
        // Each class has 3/4 by Platt's targets: log 3 at ±1.
        #expect(abs(apart.slope - log(3)) < 1e-3)
        let one = PairSigmoid(fittedTo: [1, 2], isFirst: [true, true])
        #expect(one.slope == 1 && one.offset == 0)
        let equal = PairSigmoid(fittedTo: [0, 0, 0], isFirst: [true, false, false])
        #expect(equal.slope.isFinite && abs(equal.offset - log(2.0 / 3)) < 0.3)
    }
}
