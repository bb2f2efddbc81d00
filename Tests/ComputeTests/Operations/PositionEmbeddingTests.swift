import Compute
import Testing

struct PositionEmbeddingTests {
    @Test(arguments: 1...2)
    func `Each position gets its vector, and the vector's gradient is summed over rows`(threads: Int) throws {
        var probe = OperationProbe(PositionEmbedding(), shapes: [.rows(6, 5), .fixed(6, 5)], rows: 4, seed: 1)
        probe.workers = Workers(count: threads)
        try probe.check { inputs in inputs[0].indices.map { inputs[0][$0] + inputs[1][$0 % 30] } }
        #expect(throws: ShapeError.self) { try PositionEmbedding().resultShape(of: [.rows(6, 5), .fixed(7, 5)]) }
        #expect(throws: ShapeError.self) { try PositionEmbedding().resultShape(of: [.rows(30), .fixed(30)]) }
    }

    @Test func `Sums over rows are the same on any number of threads`() throws {
        var gradients: [[Float]] = []
        for threads in 1...3 {
            var probe = OperationProbe(
                PositionEmbedding(), shapes: [.rows(50, 40), .fixed(50, 40)], rows: 40, seed: 1)
            probe.workers = Workers(count: threads)
            gradients.append(try probe.run([80_000, 2000].map { [Float](repeating: 1, count: $0) }).gradients[1])
        }
        #expect(gradients[1] == gradients[0] && gradients[2] == gradients[0])
    }

    @Test(arguments: 1...2)
    func `A sequence's mean counts the positions that are no padding; that of none is 0`(threads: Int) throws {
        let ids: [Float] = [3, 0, 1, 0, 0, 0, 7, 7, 7]
        var probe = OperationProbe(
            SequenceMean(), shapes: [.rows(3, 4), .rows(3)], rows: 3, seed: 1, learnedInputs: 1)
        probe.workers = Workers(count: threads)
        try probe.check(
            against: { inputs in
                (0..<12).map { index in
                    let (row, column) = (index / 4, index % 4)
                    let counted = (0..<3).filter { ids[row * 3 + $0] != 0 }
                    let sum = counted.reduce(0) { $0 + inputs[0][(row * 3 + $1) * 4 + column] }
                    return sum / Double(max(1, counted.count))
                }
            }, last: ids)
        #expect(throws: ShapeError.self) { try SequenceMean().resultShape(of: [.rows(3, 4), .rows(4)]) }
    }
}
