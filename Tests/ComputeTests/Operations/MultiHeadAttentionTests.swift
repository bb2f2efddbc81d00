import CAllocationCounter
import Compute
import Testing

struct MultiHeadAttentionTests {
    /// What attention may be told beside its sizes.
    enum Kind: CaseIterable {
        case plain, causal, padded, rotary, all

        var isCausal: Bool { self == .causal || self == .all }
        var hidesPadding: Bool { self == .padded || self == .all }
        var rotaryBase: Float? { self == .rotary || self == .all ? 100 : nil }
    }

    private static func operation(_ kind: Kind, heads: Int) -> MultiHeadAttention {
        MultiHeadAttention(
            heads: heads, isCausal: kind.isCausal, hidesPadding: kind.hidesPadding, rotaryBase: kind.rotaryBase)
    }

    private static func sizes(_ kind: Kind, rows: Int, n: Int, m: Int, width: Int, heads: Int) -> Reference.Attention {
        Reference.Attention(
            rows: rows, queries: n, keys: m, width: width, heads: heads, isCausal: kind.isCausal,
            rotaryBase: kind.rotaryBase.map(Double.init))
    }

    /// Ids of sequences of which each ends in some padding, and of which the first begins with it.
    private static func ids(rows: Int, length: Int) -> [Float] {
        (0..<rows * length).map { index in
            let (row, position) = (index / length, index % length)
            return position == 0 && row == 0 || position >= length - row % 3 ? 0 : Float(index + 1)
        }
    }

    @Test(arguments: Kind.allCases, UInt64(1)...4)
    func `Packed attention and its gradients match the plain version`(kind: Kind, seed: UInt64) throws {
        var random = RandomSizes(seed: seed)
        let (rows, n, heads) = (random.next(in: 1...3), random.next(in: 1...9), random.next(in: 1...3))
        let width = heads * 2 * random.next(in: 1...3)
        try check(kind, rows: rows, n: n, width: width, heads: heads, seed: seed, workers: .one)
    }

    @Test(arguments: Kind.allCases)
    func `Sequences longer than a block of queries do as well, on any number of threads`(kind: Kind) throws {
        for threads in 1...2 {
            let workers = Workers(count: threads)
            try check(kind, rows: 1, n: 37, width: 4, heads: 2, seed: 5, workers: workers)
        }
    }

    private func check(
        _ kind: Kind, rows: Int, n: Int, width: Int, heads: Int, seed: UInt64, workers: Workers
    ) throws {
        let sizes = Self.sizes(kind, rows: rows, n: n, m: n, width: width, heads: heads)
        let ids = kind.hidesPadding ? Self.ids(rows: rows, length: n) : nil
        var probe = OperationProbe(
            Self.operation(kind, heads: heads), shapes: [.rows(n, 3 * width)] + (ids == nil ? [] : [.rows(n)]),
            rows: rows, seed: seed, learnedInputs: 1)
        probe.workers = workers
        try probe.check(
            against: { inputs in
                let parts = Reference.unpacked(inputs[0], width: width)
                return Reference.attention(parts[0], parts[1], parts[2], ids: ids.map { _ in inputs[1] }, sizes)
            }, last: ids)
    }

    @Test(arguments: [Kind.plain, .padded], UInt64(1)...4)
    func `Attention to another sequence matches the plain version`(kind: Kind, seed: UInt64) throws {
        var random = RandomSizes(seed: seed)
        let (rows, n, m) = (random.next(in: 1...3), random.next(in: 1...7), random.next(in: 3...40))
        let sizes = Self.sizes(kind, rows: rows, n: n, m: m, width: 4, heads: 2)
        let ids = kind.hidesPadding ? Self.ids(rows: rows, length: m) : nil
        var probe = OperationProbe(
            Self.operation(kind, heads: 2),
            shapes: [.rows(n, 4), .rows(m, 4), .rows(m, 4)] + (ids == nil ? [] : [.rows(m)]), rows: rows, seed: seed,
            learnedInputs: 3)
        try probe.check(
            against: { Reference.attention($0[0], $0[1], $0[2], ids: ids == nil ? nil : $0[3], sizes) }, last: ids)
    }

    @Test
    func `The same bits come out every time, and on any number of threads; answering gives what training gives`() throws
    {
        var outcomes: [OperationProbe.Outcome] = []
        for (threads, isTraining) in [(1, true), (2, true), (2, true), (3, true), (1, false)] {
            var probe = OperationProbe(
                Self.operation(.all, heads: 4), shapes: [.rows(40, 96), .rows(40)], rows: 5, seed: 3, learnedInputs: 1)
            probe.workers = Workers(count: threads)
            let packed = (0..<5 * 40 * 96).map { _ in probe.generator.normal() }
            outcomes.append(try probe.run([packed, Self.ids(rows: 5, length: 40)], isTraining: isTraining))
        }
        for other in outcomes.dropFirst() {
            #expect(other.result == outcomes[0].result)
        }
        for other in outcomes[1...3] { #expect(other.gradients == outcomes[0].gradients) }
    }

    @Test func `Enormous scores give probabilities, and a query that sees no key gets 0`() throws {
        var probe = OperationProbe(
            MultiHeadAttention(heads: 1, hidesPadding: true), shapes: [.rows(2, 3), .rows(2)], rows: 2, seed: 1,
            learnedInputs: 1)
        let packed: [Float] = [1e19, 1e19, 5, -1e19, -1e19, 7, 1, 2, 3, 4, 5, 6]
        let outcome = try probe.run([packed, [1, 1, 0, 0]])
        #expect(outcome.result == [5, 7, 0, 0])
        #expect(outcome.gradients[0].allSatisfy { $0.isFinite })
    }

    @Test func `Shapes that do not fit are refused with the operation's name and what it takes`() {
        let attention = MultiHeadAttention(heads: 3)
        for shapes: [Shape] in [
            [.rows(5, 16)], [.rows(5, 12)], [.rows(5)], [.rows(5, 6), .rows(4, 6)],
            [.rows(5, 6), .rows(4, 6), .rows(3, 6)], [.rows(5, 6), .rows(4, 9), .rows(4, 9)], [],
            [.rows(5, 18), .rows(5)],
        ] {
            let error = #expect(throws: ShapeError.self) { try attention.resultShape(of: shapes) }
            #expect(error?.operation == "multi-head attention" && error?.shapes == shapes)
        }
        let separate: [Shape] = [.rows(5, 6), .rows(4, 6), .rows(4, 6)]
        #expect(throws: ShapeError.self) { try MultiHeadAttention(heads: 2, isCausal: true).resultShape(of: separate) }
        #expect(throws: ShapeError.self) { try MultiHeadAttention(heads: 2, rotaryBase: 10).resultShape(of: separate) }
        #expect(throws: ShapeError.self) {
            try MultiHeadAttention(heads: 2, hidesPadding: true).resultShape(of: separate + [.rows(5)])
        }
    }
}
