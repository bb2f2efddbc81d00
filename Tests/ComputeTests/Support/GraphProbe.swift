import Compute
import Testing

/// Runs a whole network on random rows, and holds the gradient that its plan computes against the slope of its output.
struct GraphProbe {
    let graph: Graph
    let rows: Int
    let parameters: ParameterBuffer
    private let plan: Plan
    private let input: [Float]
    private var generator: SeededGenerator

    init(_ graph: Graph, rows: Int, seed: UInt64, workers: Workers = .one) {
        self.graph = graph
        self.rows = rows
        generator = SeededGenerator(seed: seed, stream: "graph")
        parameters = ParameterBuffer(for: graph, withGradients: true)
        parameters.initialize(using: &generator)
        plan = Plan(graph, capacity: rows, parameters: parameters, purpose: .training, workers: workers)
        var values = generator
        input = (0..<rows * graph[graph.inputs[0]].shape.count).map { _ in values.normal() }
        generator = values
    }

    /// The outputs of a training step.
    func outputs() -> [Float] {
        input.withUnsafeBufferPointer { plan.input.update(from: $0.baseAddress!, count: $0.count) }
        plan.forward(rows: rows, noise: 1)
        return Array(UnsafeBufferPointer(start: plan.output, count: rows * plan.outputWidth))
    }

    /// The gradient of Σ direction·output by all parameters.
    func gradient(along direction: [Float]) -> [Float] {
        _ = outputs()
        plan.outputGradient?.update(from: direction, count: direction.count)
        plan.backward(rows: rows, noise: 1)
        return Array(UnsafeBufferPointer(start: parameters.gradients.start, count: parameters.learnedCount))
    }

    /// Moves all parameters along the gradient, and expects Σ direction·output to change by |gradient|² a unit of it.
    ///
    /// A wrong gradient anywhere in the network shows, as do missing or doubled ones where a tensor has several readers. Differences of single
    /// precision sums across the kinks of ReLU are good to about a hundredth.
    mutating func check(tolerance: Double = 0.02) {
        let direction = (0..<outputs().count).map { _ in generator.normal() }
        let gradient = gradient(along: direction)
        let length = gradient.reduce(0) { $0 + Double($1) * Double($1) }
        #expect(length > 0)
        let step = Float(4e-4 / length.squareRoot())
        func value(_ offset: Float) -> Double {
            for index in gradient.indices { parameters.values.start[index] += offset * gradient[index] }
            let sum = zip(outputs(), direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            for index in gradient.indices { parameters.values.start[index] -= offset * gradient[index] }
            return sum
        }
        let slope = (value(step) - value(-step)) / (2 * Double(step))
        #expect(abs(slope / length - 1) < tolerance, "the output moves by \(slope), its gradient says \(length)")
    }
}
