import Compute
import Testing

struct ShapeOperationTests {
    @Test(arguments: 2...4)
    func `Two or more tensors are added, element by element`(count: Int) throws {
        var probe = OperationProbe(Add(), shapes: [Shape](repeating: .rows(3, 5), count: count), rows: 4, seed: 1)
        try probe.check { inputs in inputs[0].indices.map { index in inputs.reduce(0) { $0 + $1[index] } } }
        #expect(throws: ShapeError.self) { try Add().resultShape(of: [.rows(3), .rows(4)]) }
    }

    @Test func `A sum followed by ReLU is one pass, with the same gradients`() throws {
        var graph = Graph()
        let x = graph.input("x", width: 6)
        let left = try graph.append(Dense(5), named: "left", to: x)
        let right = try graph.append(Dense(5), named: "right", to: x)
        let sum = try graph.apply(Add(), to: [left, right], named: "sum")
        _ = try graph.append(Activation(.relu), named: "relu", to: sum)
        var outcomes: [[Float]] = []
        for isTapped in [false, true] {
            graph.taps = isTapped ? [sum] : []
            let parameters = ParameterBuffer(for: graph, withGradients: true)
            var generator = SeededGenerator(seed: 3)
            parameters.initialize(using: &generator)
            let plan = Plan(graph, capacity: 4, parameters: parameters, purpose: .training)
            for index in 0..<24 { plan.input[index] = generator.normal() }
            plan.forward(rows: 4, noise: 0)
            for tap in plan.taps { tap.gradient?.update(repeating: 0, count: 20) }
            for index in 0..<20 { plan.outputGradient?[index] = Float(index) - 9 }
            plan.backward(rows: 4, noise: 0)
            outcomes.append(
                Array(UnsafeBufferPointer(start: plan.output, count: 20))
                    + Array(UnsafeBufferPointer(start: parameters.gradients.start, count: parameters.learnedCount)))
        }
        #expect(outcomes[0].contains(0))
        #expect(outcomes[0] == outcomes[1])
    }

    @Test func `Reshaping keeps the elements in their order`() throws {
        var probe = OperationProbe(Reshape(6, 2), shapes: [.rows(3, 4)], rows: 2, seed: 1)
        try probe.check { $0[0] }
        #expect(try Reshape.flat.resultShape(of: [.rows(3, 4, 2)]) == .rows(24))
        let error = #expect(throws: ShapeError.self) { try Reshape(5).resultShape(of: [.rows(3, 4)]) }
        #expect(error?.description == "reshape takes rows of 5 elements, as (rows, 5) has, not (rows, 3, 4)")
    }

    @Test(arguments: UInt64(1)...8)
    func `Tensors are joined along their last dimension`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, length) = (sizes.next(in: 1...4), sizes.next(in: 1...5))
        let widths = (0..<sizes.next(in: 2...4)).map { _ in sizes.next(in: 1...20) }
        var probe = OperationProbe(Concatenate(), shapes: widths.map { .rows(length, $0) }, rows: rows, seed: seed)
        probe.workers = Workers(count: sizes.next(in: 1...3))
        try probe.check { inputs in
            (0..<rows * length).flatMap { position in
                zip(inputs, widths).flatMap { $0[position * $1..<(position + 1) * $1] }
            }
        }
        #expect(try Concatenate().resultShape(of: [.rows(3), .rows(4)]) == .rows(7))
        let error = #expect(throws: ShapeError.self) { try Concatenate().resultShape(of: [.rows(3, 2), .rows(4, 2)]) }
        #expect(
            error?.description
                == "concatenate takes two or more inputs (rows, …, n) that differ in their last dimension alone, not (rows, 3, 2) and (rows, 4, 2)"
        )
    }

    @Test(arguments: UInt64(1)...12)
    func `A range of any dimension can be kept`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, dimension) = (sizes.next(in: 1...3), Int(seed % 3))
        let lengths = (0..<3).map { _ in sizes.next(in: 1...6) }
        let start = sizes.next(in: 0...lengths[dimension] - 1)
        let range = start..<sizes.next(in: start + 1...lengths[dimension])
        var probe = OperationProbe(
            Slice(dimension: dimension, range: range), shapes: [.rows(lengths[0], lengths[1], lengths[2])], rows: rows,
            seed: seed)
        probe.workers = Workers(count: sizes.next(in: 1...3))
        try probe.check { inputs in
            inputs[0].indices.compactMap { index in
                let places = [
                    index / (lengths[1] * lengths[2]) % lengths[0], index / lengths[2] % lengths[1], index % lengths[2],
                ]
                return range.contains(places[dimension]) ? inputs[0][index] : nil
            }
        }
        let error = #expect(throws: ShapeError.self) {
            try Slice(dimension: 1, range: 2..<5).resultShape(of: [.rows(9, 4)])
        }
        #expect(
            error?.description
                == "slice takes rows whose dimension 1, counted from 0, is at least 5 long, not (rows, 9, 4)")
    }

    @Test(
        arguments: [[0], [0, 1], [1, 0], [2, 0, 1], [1, 2, 0], [0, 2, 1]],
        [1, 2])
    func `A row's dimensions can be put into any order`(order: [Int], threads: Int) throws {
        for lengths in [[3, 18, 35], [1, 4, 5], [17, 1, 2], [2, 33, 1]] {
            let lengths = Array(lengths.prefix(order.count))
            let operation =
                order.count == 1
                ? Transpose(0)
                : order.count == 2 ? Transpose(order[0], order[1]) : Transpose(order[0], order[1], order[2])
            let shape =
                order.count == 1
                ? Shape.rows(lengths[0])
                : order.count == 2 ? .rows(lengths[0], lengths[1]) : .rows(lengths[0], lengths[1], lengths[2])
            var probe = OperationProbe(operation, shapes: [shape], rows: 2, seed: 1)
            probe.workers = Workers(count: threads)
            let result = order.map { lengths[$0] }
            #expect(try operation.resultShape(of: [shape]).dimensions == result)
            let size = lengths.reduce(1, *)
            func reference(_ x: [Double]) -> [Double] {
                (0..<2 * size).map { index in
                    var (rest, places) = (index % size, [Int](repeating: 0, count: order.count))
                    for place in order.indices.reversed() {
                        places[order[place]] = rest % result[place]
                        rest /= result[place]
                    }
                    return x[index / size * size + zip(places, lengths).reduce(0) { $0 * $1.1 + $1.0 }]
                }
            }
            let x = (0..<2 * size).map(Float.init)
            let outcome = try probe.run([x])
            #expect(outcome.result.map(Double.init) == reference(x.map(Double.init)))
            // A gradient goes back to where its element came from.
            let origins = reference(x.map(Double.init)).map { Int($0) }
            for (place, origin) in origins.enumerated() {
                #expect(outcome.gradients[0][origin] == outcome.direction[place])
            }
        }
    }

    @Test func `Four dimensions are put into another order, and rows of another rank are refused`() throws {
        var probe = OperationProbe(Transpose(1, 3, 0, 2), shapes: [.rows(2, 3, 4, 5)], rows: 2, seed: 1)
        let x = (0..<240).map(Float.init)
        let y = try probe.run([x]).result
        for row in 0..<2 {
            for (a, b, c, d) in [(0, 0, 0, 0), (1, 2, 3, 4), (1, 0, 2, 1), (0, 1, 3, 2)] {
                #expect(y[row * 120 + ((b * 5 + d) * 2 + a) * 4 + c] == x[row * 120 + ((a * 3 + b) * 4 + c) * 5 + d])
            }
        }
        #expect(throws: ShapeError.self) { try Transpose(1, 0).resultShape(of: [.rows(2, 3, 4)]) }
    }
}
