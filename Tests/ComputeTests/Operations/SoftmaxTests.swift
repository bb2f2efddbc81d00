import Compute
import Testing

struct SoftmaxTests {
    @Test(arguments: UInt64(1)...8)
    func `Softmax and its gradient match the plain version`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, width) = (sizes.next(in: 1...9), sizes.next(in: 1...40))
        var probe = OperationProbe(Softmax(), shapes: [.rows(width)], rows: rows, seed: seed)
        try probe.check { Reference.softmax($0[0], rows: rows) }
    }

    @Test func `Enormous logits give probabilities`() throws {
        var probe = OperationProbe(Softmax(), shapes: [.rows(3)], rows: 2, seed: 1)
        let result = try probe.run([[3e38, 0, -3e38, -1e30, -1e30, -1e30]]).result
        // The exponential's smallest value is 1.2e-38 rather than 0.
        #expect(result[0] == 1 && result[1] < 1e-37 && result[2] < 1e-37)
        #expect(abs(result[3] - 1 / 3) < 1e-6)
    }

    @Test func `Of a sequence, each position by itself becomes probabilities`() throws {
        var probe = OperationProbe(Softmax(), shapes: [.rows(4, 3)], rows: 2, seed: 2)
        try probe.check { Reference.softmax($0[0], rows: 8) }
    }
}
