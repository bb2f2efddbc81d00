import Compute
import Testing

struct DenseTests {
    @Test("A dense layer computes x·W + b and its gradients", arguments: UInt64(1)...12)
    func matchesReference(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, width, units) = (sizes.next(in: 1...9), sizes.next(in: 1...21), sizes.next(in: 1...37))
        var probe = OperationProbe(
            Dense(units), shapes: [.rows(width), .fixed(width, units), .fixed(units)], rows: rows, seed: seed)
        try probe.check { Reference.dense($0[0], $0[1], $0[2], rows: rows) }
    }

    @Test("A weight of another width is refused with both shapes")
    func refusesOtherShapes() {
        let shapes: [Shape] = [.rows(3), .fixed(4, 2), .fixed(2)]
        #expect {
            try Dense(2).resultShape(of: shapes)
        } throws: { error in
            "\(error)".contains("(rows, 3)") && "\(error)".contains("(4, 2)") && "\(error)".contains("dense")
        }
    }
}
