import Compute
import Testing

struct ShapeOperationTests {
    @Test("Two or more tensors are added, element by element", arguments: 2...4)
    func adds(count: Int) throws {
        var probe = OperationProbe(Add(), shapes: [Shape](repeating: .rows(3, 5), count: count), rows: 4, seed: 1)
        try probe.check { inputs in inputs[0].indices.map { index in inputs.reduce(0) { $0 + $1[index] } } }
        #expect(throws: ShapeError.self) { try Add().resultShape(of: [.rows(3), .rows(4)]) }
    }

    @Test("A sum followed by ReLU is one pass, with the same gradients")
    func fusesSum() throws {
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

    @Test("Reshaping keeps the elements in their order")
    func reshapes() throws {
        var probe = OperationProbe(Reshape(6, 2), shapes: [.rows(3, 4)], rows: 2, seed: 1)
        try probe.check { $0[0] }
        #expect(try Reshape.flat.resultShape(of: [.rows(3, 4, 2)]) == .rows(24))
        let error = #expect(throws: ShapeError.self) { try Reshape(5).resultShape(of: [.rows(3, 4)]) }
        #expect(error?.description == "reshape takes rows of 5 elements, as (rows, 5) has, not (rows, 3, 4)")
    }
}
