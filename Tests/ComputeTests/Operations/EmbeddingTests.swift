import Compute
import Testing

struct EmbeddingTests {
    /// Random ids, padding among them.
    private static func ids(_ count: Int, below vocabulary: Int, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed, stream: "ids")
        return (0..<count).map { _ in Float(Int.random(in: 0..<vocabulary, using: &generator)) }
    }

    @Test(arguments: UInt64(1)...12)
    func `Each token has its row of the table, and the row gets the gradients of all its places`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, length) = (sizes.next(in: 1...4), sizes.next(in: 1...9))
        let (vocabulary, width) = (sizes.next(in: 1...7), sizes.next(in: 1...50))
        let pads = seed % 3 > 0
        var probe = OperationProbe(
            Embedding(vocabulary: vocabulary, width: width, pads: pads),
            shapes: [.rows(length), .fixed(vocabulary, width)], rows: rows, seed: seed)
        probe.workers = Workers(count: sizes.next(in: 1...3))
        try probe.check(
            against: { inputs in
                inputs[0].flatMap { id -> [Double] in
                    let id = Int(id.rounded())
                    return (0..<width).map { pads && id == 0 ? 0 : inputs[1][id * width + $0] }
                }
            }, first: Self.ids(rows * length, below: vocabulary, seed: seed))
    }

    @Test func `Ids that are no row of the table stand for the last one, and a missing one for the first`() throws {
        var probe = OperationProbe(
            Embedding(vocabulary: 3, width: 2, pads: false), shapes: [.rows(10), .fixed(3, 2)], rows: 1, seed: 1)
        let ids: [Float] = [0, 1, 2, 3, -1, 1e30, -.infinity, .infinity, .nan, 1.9]
        let result = try probe.run([ids, [10, 11, 20, 21, 30, 31]]).result
        #expect(stride(from: 0, to: 20, by: 2).map { result[$0] } == [10, 20, 30, 30, 30, 30, 30, 30, 10, 20])
    }

    @Test(arguments: 2...5)
    func `The gradient is the same to the bit on any number of threads`(threads: Int) throws {
        func gradient(_ workers: Workers) throws -> [Float] {
            var probe = OperationProbe(
                Embedding(vocabulary: 40, width: 72), shapes: [.rows(50), .fixed(40, 72)], rows: 30, seed: 3)
            probe.workers = workers
            let ids = Self.ids(1500, below: 40, seed: 3)
            return try probe.run([ids, [Float](repeating: 0, count: 40 * 72)]).gradients[1]
        }
        let one = try gradient(.one)
        #expect(one[0..<72].allSatisfy { $0 == 0 } && one[72...].allSatisfy { $0 != 0 })
        #expect(try gradient(Workers(count: threads)) == one)
    }

    @Test func `As a layer it adds a table whose padding and unknown token start at 0`() throws {
        var graph = Graph()
        let ids = graph.input("ids", shape: .rows(4))
        let vectors = try graph.append(Embedding(vocabulary: 5, width: 3), named: "tokens", to: ids)
        #expect(graph[vectors].shape == .rows(4, 3))
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        var generator = SeededGenerator(seed: 1)
        parameters.initialize(using: &generator)
        let table = try #require(parameters.weights["tokens.weight"])
        #expect(table[0..<3] + table[12...] == [0, 0, 0, 0, 0, 0])
        #expect(table[3..<12].allSatisfy { $0 != 0 && abs($0) <= 0.25 })
    }

    @Test func `A table of another size is refused with both shapes`() {
        let error = #expect(throws: ShapeError.self) {
            try Embedding(vocabulary: 9, width: 4).resultShape(of: [.rows(7), .fixed(9, 5)])
        }
        #expect(
            error?.description
                == "embedding takes ids (rows, n) with a table (9, 4), not (rows, 7) and (9, 5)")
    }
}
