import CAllocationCounter
import Compute
import Testing

struct PlanTests {
    /// A network in which one result is read twice and one weight is used in two places.
    static func tangled(width: Int, activation: ActivationFunction) throws -> Graph {
        var graph = Graph()
        let x = graph.input("x", width: width)
        let first = try graph.append(Dense(width), named: "first", to: x)
        let active = try graph.append(Activation(activation), named: "active", to: first)
        let weight = try #require(graph.parameters.first)
        let bias = graph.parameter("bias", .fixed(width), .uniform(bound: 0.5))
        let second = try graph.apply(Dense(width), to: [active, weight, bias], named: "second")
        let sum = try graph.apply(Sum(), to: [active, second], named: "sum")
        _ = try graph.append(Dense(2), named: "third", to: sum)
        return graph
    }

    /// The derivative by every parameter against central differences of the plan's own output, in single precision: a step of
    /// 2⁻⁷ leaves an error of 2⁻¹⁴ from the third derivative and about 1e-4 from rounding.
    @Test(arguments: [ActivationFunction.tanh, .gelu, .silu, .sigmoid, .identity], UInt64(1)...3)
    func `Gradients add up where a tensor is read several times`(activation: ActivationFunction, seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, width) = (sizes.next(in: 1...6), sizes.next(in: 1...9))
        let graph = try Self.tangled(width: width, activation: activation)
        let parameters = ParameterBuffer(for: graph, withGradients: true)
        var generator = SeededGenerator(seed: seed)
        parameters.initialize(using: &generator)
        let plan = Plan(graph, capacity: rows, parameters: parameters, purpose: .training)
        for index in 0..<rows * width { plan.input[index] = 2 * generator.uniform() - 1 }
        let direction = (0..<rows * 2).map { _ in 2 * generator.uniform() - 1 }
        func value() -> Double {
            plan.forward(rows: rows, noise: 0)
            return direction.indices.reduce(0) { $0 + Double(direction[$1] * plan.output[$1]) }
        }
        _ = value()
        try #require(plan.outputGradient).update(from: direction, count: direction.count)
        plan.backward(rows: rows, noise: 0)
        let gradients = Array(UnsafeBufferPointer(start: parameters.gradients.start, count: parameters.learnedCount))
        let step: Float = 1 / 128
        for tensor in graph.parameters {
            let values = try #require(parameters.values(of: tensor))
            let offset = values - parameters.values.start
            for index in 0..<graph[tensor].shape.count {
                let before = values[index]
                values[index] = before + step
                let above = value()
                values[index] = before - step
                let slope = (above - value()) / Double(2 * step)
                values[index] = before
                #expect(
                    abs(Double(gradients[offset + index]) - slope) < 3e-3 * max(1, abs(slope)),
                    "\(graph[tensor].name)[\(index)]")
            }
        }
    }

    /// The loss is a sum over the output and over two taps, one of which is read again later and one of which is not.
    @Test(arguments: UInt64(1)...3)
    func `What a loss says of a tap reaches the parameters`(seed: UInt64) throws {
        let (rows, width) = (3, 4)
        var graph = try Self.tangled(width: width, activation: .tanh)
        let active = try #require(graph.tensor(named: "active"))
        let output = try #require(graph.output)
        let aside = try graph.append(Dense(3), named: "aside", to: active)
        graph.output = output
        graph.taps = [active, aside]
        let parameters = ParameterBuffer(for: graph, withGradients: true)
        var generator = SeededGenerator(seed: seed)
        parameters.initialize(using: &generator)
        let plan = Plan(graph, capacity: rows, parameters: parameters, purpose: .training)
        for index in 0..<rows * width { plan.input[index] = 2 * generator.uniform() - 1 }
        let directions = [2, width, 3].map { size in (0..<rows * size).map { _ in 2 * generator.uniform() - 1 } }
        func value() -> Double {
            plan.forward(rows: rows, noise: 0)
            let read = [UnsafePointer(plan.output)] + plan.taps.map(\.values)
            return zip(read, directions).reduce(0) { sum, pair in
                pair.1.indices.reduce(sum) { $0 + Double(pair.1[$1] * pair.0[$1]) }
            }
        }
        _ = value()
        let written = [plan.outputGradient] + plan.taps.map(\.gradient)
        for (gradient, direction) in zip(written, directions) {
            try #require(gradient).update(from: direction, count: direction.count)
        }
        #expect(plan.taps.map(\.width) == [width, 3])
        plan.backward(rows: rows, noise: 0)
        for tensor in graph.parameters {
            let (values, gradients) = (
                try #require(parameters.values(of: tensor)), try #require(parameters.gradient(of: tensor))
            )
            let slopes = (0..<graph[tensor].shape.count).map { Double(gradients[$0]) }
            for (index, slope) in slopes.enumerated() {
                let before = values[index]
                let step: Float = 1 / 128
                values[index] = before + step
                let above = value()
                values[index] = before - step
                let difference = (above - value()) / Double(2 * step)
                values[index] = before
                #expect(abs(slope - difference) < 3e-3 * max(1, abs(difference)), "\(graph[tensor].name)[\(index)]")
            }
        }
    }

    @Test func `The first result that is not finite is named`() throws {
        let graph = try Self.tangled(width: 2, activation: .relu)
        let parameters = ParameterBuffer(for: graph, withGradients: true)
        var generator = SeededGenerator(seed: 1)
        parameters.initialize(using: &generator)
        let plan = Plan(graph, capacity: 2, parameters: parameters, purpose: .training)
        plan.input.update(repeating: 1, count: 4)
        plan.forward(rows: 2, noise: 0)
        #expect(plan.firstNonFinite(rows: 2) == nil)
        let bias = try #require(graph.tensor(named: "bias").flatMap(parameters.values))
        bias[1] = .infinity
        plan.forward(rows: 2, noise: 0)
        #expect(try #require(plan.firstNonFinite(rows: 2)) == (tensor: "second", operation: "dense"))
    }

    @Test func `A smaller batch gives the same rows as a larger one`() throws {
        let graph = try Self.tangled(width: 4, activation: .relu)
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        var generator = SeededGenerator(seed: 3)
        parameters.initialize(using: &generator)
        let plan = Plan(graph, capacity: 5, parameters: parameters, purpose: .inference)
        let rows = (0..<20).map { _ in generator.uniform() }
        plan.forward(rows: 5, of: rows)
        let whole = (0..<10).map { plan.output[$0] }
        plan.forward(rows: 2, of: Array(rows[8..<16]))
        let part = (0..<4).map { plan.output[$0] }
        for (value, reference) in zip(part, whole[4..<8]) { #expect(abs(value - reference) < 1e-6) }
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0))
    func `A warmed-up session predicts without allocating`() throws {
        let graph = try Self.tangled(width: 8, activation: .gelu)
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        let session = InferenceSession(Network(graph, weights: parameters.weights))
        let features = [Float](repeating: 1, count: 8)
        var outputs = [Float](repeating: 0, count: 2)
        func predict() {
            var span = outputs.mutableSpan
            session.run(features.span, into: &span)
        }
        predict()
        attar_start_counting_allocations()
        for _ in 0..<10 { predict() }
        #expect(attar_stop_counting_allocations() == 0)
        attar_start_counting_allocations()
        let array = [Float](repeating: 1, count: 1000 + Int(outputs[0]))
        #expect(attar_stop_counting_allocations() > 0, "the counter counts \(array.count)")
    }
}
