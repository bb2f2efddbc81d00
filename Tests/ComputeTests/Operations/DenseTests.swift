import Compute
import Testing

struct DenseTests {
    @Test(arguments: UInt64(1)...12)
    func `A dense layer computes x·W + b and its gradients`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, width, units) = (sizes.next(in: 1...9), sizes.next(in: 1...21), sizes.next(in: 1...37))
        var probe = OperationProbe(
            Dense(units), shapes: [.rows(width), .fixed(width, units), .fixed(units)], rows: rows, seed: seed)
        try probe.check { Reference.dense($0[0], $0[1], $0[2], rows: rows) }
    }

    @Test(arguments: 1...3)
    func `Each position of a sequence goes through the layer by itself, on any number of threads`(threads: Int) throws {
        var probe = OperationProbe(
            Dense(5), shapes: [.rows(3, 4), .fixed(4, 5), .fixed(5)], rows: 2, seed: 4)
        try probe.check { Reference.dense($0[0], $0[1], $0[2], rows: 6) }
        // Large enough to be shared.
        var large = OperationProbe(Dense(64), shapes: [.rows(40, 128), .fixed(128, 64), .fixed(64)], rows: 5, seed: 4)
        let inputs = large.shapes.map { shape in (0..<large.size(shape)).map { _ in large.generator.normal() / 8 } }
        let alone = try large.run(inputs)
        var shared = OperationProbe(Dense(64), shapes: large.shapes, rows: 5, seed: 4)
        shared.workers = Workers(count: threads)
        _ = shared.shapes.map { shape in (0..<shared.size(shape)).map { _ in shared.generator.normal() } }
        let other = try shared.run(inputs)
        for (left, right) in zip([alone.result] + alone.gradients, [other.result] + other.gradients) {
            for (a, b) in zip(left, right) { #expect(abs(a - b) <= 1e-4 * max(1, abs(a))) }
        }
    }

    @Test func `A weight of another width is refused with both shapes`() {
        let shapes: [Shape] = [.rows(3), .fixed(4, 2), .fixed(2)]
        #expect {
            try Dense(2).resultShape(of: shapes)
        } throws: { error in
            "\(error)".contains("(rows, 3)") && "\(error)".contains("(4, 2)") && "\(error)".contains("dense")
        }
    }
}
