import Compute
import Foundation
import Testing

struct GRUTests {
    /// The units by their definition.
    private static func plain(
        _ inputs: [[Double]], rows: Int, length: Int, width: Int, hidden: Int, isReversed: Bool
    ) -> [Double] {
        let (x, weight, recurrent) = (inputs[0], inputs[1], inputs[2])
        func product(_ vector: [Double], _ matrix: [Double], block: Int, _ k: Int) -> Double {
            vector.indices.reduce(0) { $0 + vector[$1] * matrix[$1 * 3 * hidden + block * hidden + k] }
        }
        var states = [Double](repeating: 0, count: rows * length * hidden)
        for row in 0..<rows {
            var h = [Double](repeating: 0, count: hidden)
            for step in 0..<length {
                let place = row * length + (isReversed ? length - 1 - step : step)
                if inputs.count < 6 || Int(inputs[5][place].rounded()) != 0 {
                    let own = Array(x[place * width..<(place + 1) * width])
                    h = (0..<hidden).map { k in
                        let z = Reference.sigmoid(
                            product(own, weight, block: 1, k) + inputs[3][hidden + k]
                                + product(h, recurrent, block: 0, k))
                        let r = Reference.sigmoid(
                            product(own, weight, block: 2, k) + inputs[3][2 * hidden + k]
                                + product(h, recurrent, block: 1, k))
                        let n = Foundation.tanh(
                            product(own, weight, block: 0, k) + inputs[3][k]
                                + r * (product(h, recurrent, block: 2, k) + inputs[4][k]))
                        return (1 - z) * n + z * h[k]
                    }
                }
                for k in 0..<hidden { states[place * hidden + k] = h[k] }
            }
        }
        return states
    }

    @Test(arguments: UInt64(1)...8, [false, true])
    func `States and all gradients match the plain version, in both directions, with and without padding`(
        seed: UInt64, pads: Bool
    ) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, length) = (sizes.next(in: 1...4), sizes.next(in: 1...5))
        let (width, hidden) = (sizes.next(in: 1...5), sizes.next(in: 1...6))
        let isReversed = seed % 2 == 0
        let shapes: [Shape] = [
            .rows(length, width), .fixed(width, 3 * hidden), .fixed(hidden, 3 * hidden), .fixed(3 * hidden),
            .fixed(hidden),
        ]
        var probe = OperationProbe(
            GRU(hidden, isReversed: isReversed), shapes: shapes + (pads ? [.rows(length)] : []), rows: rows, seed: seed,
            learnedInputs: 5)
        probe.workers = Workers(count: sizes.next(in: 1...3))
        try probe.check(
            against: { inputs in
                Self.plain(inputs, rows: rows, length: length, width: width, hidden: hidden, isReversed: isReversed)
            }, last: pads ? (0..<rows * length).map { _ in Float(sizes.next(in: 0...2)) } : nil)
    }

    @Test
    func `Cut over threads, large enough to be, states and gradients are those of one thread but for rounding`() throws
    {
        func outcome(_ workers: Workers) throws -> OperationProbe.Outcome {
            var probe = OperationProbe(
                GRU(24), shapes: [.rows(20, 40), .fixed(40, 72), .fixed(24, 72), .fixed(72), .fixed(24)], rows: 33,
                seed: 5)
            probe.workers = workers
            var generator = SeededGenerator(seed: 5)
            return try probe.run(probe.shapes.map { (0..<probe.size($0)).map { _ in 0.3 * generator.normal() } })
        }
        let (one, three, again) = (try outcome(.one), try outcome(Workers(count: 3)), try outcome(Workers(count: 3)))
        #expect(again.result == three.result && again.gradients == three.gradients)
        for (a, b) in zip([one.result] + one.gradients, [three.result] + three.gradients) {
            let size = a.reduce(0) { max($0, abs($1)) }
            #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 2e-5 * size })
        }
    }

    @Test func `Padding at either end leaves the last state as it is without it`() throws {
        let shapes: [Shape] = [.rows(6, 2), .fixed(2, 9), .fixed(3, 9), .fixed(9), .fixed(3), .rows(6)]
        var probe = OperationProbe(GRU(3), shapes: shapes, rows: 3, seed: 2)
        var generator = SeededGenerator(seed: 2)
        var inputs = shapes.map { shape in (0..<probe.size(shape)).map { _ in generator.normal() } }
        let tokens = Array(inputs[0][0..<8])
        let ids: [Float] = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1]
        inputs[5] = ids
        inputs[0].replaceSubrange(0..<8, with: tokens)
        inputs[0].replaceSubrange(16..<24, with: tokens)
        inputs[0].replaceSubrange(26..<30, with: tokens[0..<4])
        inputs[0].replaceSubrange(32..<36, with: tokens[4..<8])
        let states = try probe.run(inputs).result
        let last = (0..<3).map { Array(states[($0 * 6 + 5) * 3..<($0 * 6 + 6) * 3]) }
        #expect(last[0] == last[1] && last[1] == last[2] && last[0] != [0, 0, 0])
        #expect(states[18..<24].allSatisfy { $0 == 0 })
    }

    @Test func `As a layer it adds its weights, and sequences of another shape are refused`() throws {
        var graph = Graph()
        let x = graph.input("x", shape: .rows(7, 4))
        let states = try graph.append(GRU(5), named: "units", to: x)
        #expect(graph[states].shape == .rows(7, 5))
        #expect(
            graph.parameters.map { graph[$0].name }
                == ["units.weight", "units.recurrent", "units.bias", "units.recurrentBias"])
        let flat = graph.input("flat", width: 4)
        let error = #expect(throws: ShapeError.self) { try graph.append(GRU(2), named: "other", to: flat) }
        #expect(error?.description.hasPrefix("gated recurrent units takes (rows, length, n), weights (n, 6)") == true)
    }
}
