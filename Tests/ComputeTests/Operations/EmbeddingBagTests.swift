import Compute
import Testing

struct EmbeddingBagTests {
    @Test(arguments: UInt64(1)...12, EmbeddingBag.Weighting.allCases)
    func `A row is the sum or the mean of its tokens' vectors, each times its weight; padding is no token`(
        seed: UInt64, weighting: EmbeddingBag.Weighting
    ) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, length) = (sizes.next(in: 1...5), sizes.next(in: 1...9))
        let (vocabulary, width) = (sizes.next(in: 1...7), sizes.next(in: 1...40))
        let reduction = seed % 2 == 0 ? EmbeddingBag.Reduction.mean : .sum
        let weights: [Shape] = weighting == .none ? [] : [weighting == .given ? .rows(length) : .fixed(vocabulary)]
        var probe = OperationProbe(
            EmbeddingBag(vocabulary: vocabulary, width: width, reduction: reduction, weighting: weighting),
            shapes: [.rows(length), .fixed(vocabulary, width)] + weights, rows: rows, seed: seed)
        probe.workers = Workers(count: sizes.next(in: 1...3))
        var generator = SeededGenerator(seed: seed, stream: "ids")
        // The first row holds padding alone.
        let ids = (0..<rows * length).map { place in
            place < length ? 0 : Float(Int.random(in: 0..<vocabulary, using: &generator))
        }
        try probe.check(
            against: { inputs in
                (0..<rows).flatMap { row -> [Double] in
                    var (sum, tokens) = ([Double](repeating: 0, count: width), 0)
                    for place in row * length..<(row + 1) * length {
                        let id = Int(inputs[0][place].rounded())
                        if id == 0 { continue }
                        let weight = weighting == .none ? 1 : inputs[2][weighting == .given ? place : id]
                        for k in 0..<width { sum[k] += weight * inputs[1][id * width + k] }
                        tokens += 1
                    }
                    return reduction == .mean ? sum.map { $0 / Double(max(1, tokens)) } : sum
                }
            }, first: ids)
    }

    @Test func `Ids that are no row of the table stand for the last one, and a missing one for padding`() throws {
        var probe = OperationProbe(
            EmbeddingBag(vocabulary: 3, width: 1, reduction: .sum), shapes: [.rows(1), .fixed(3, 1)], rows: 6, seed: 1)
        let result = try probe.run([[0, 1, 2, 3, -1, .nan], [10, 20, 30]]).result
        #expect(result == [0, 20, 30, 30, 30, 0])
    }

    @Test
    func `As a layer it adds a table and, where they are learned, weights of 1; weights of another number are refused`()
        throws
    {
        var graph = Graph()
        let ids = graph.input("ids", shape: .rows(4))
        let bag = EmbeddingBag(vocabulary: 5, width: 3, weighting: .learned)
        let mean = try graph.append(bag, named: "bag", to: ids)
        #expect(graph[mean].shape == .rows(3))
        #expect(graph.parameters.map { graph[$0].name } == ["bag.weight", "bag.tokenWeight"])
        let error = #expect(throws: ShapeError.self) {
            try bag.resultShape(of: [.rows(4), .fixed(5, 3), .fixed(4)])
        }
        #expect(
            error?.description
                == "embedding bag takes ids (rows, n) with a table (5, 3) and weights (5), not (rows, 4) and (5, 3) and (4)"
        )
    }
}
