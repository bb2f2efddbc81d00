import Compute
import Testing

/// The sum of two tensors: an operation of the tests' own, which shows that the set is open.
struct Sum: Operation {
    var name: String { "sum" }
    var onnxName: String { "Add" }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0] == inputs[1] else {
            throw ShapeError(name, inputs, expected: "two inputs of one shape")
        }
        return inputs[0]
    }

    func forward(_ frame: borrowing Frame) {
        for index in 0..<frame.rows * frame.result.width {
            frame.result.values[index] = frame[0].values[index] + frame[1].values[index]
        }
    }

    func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient else { return }
        for position in 0..<2 {
            frame[position].gradient?.update(from: slope, count: frame.rows * frame.result.width)
        }
    }
}

struct GraphTests {
    @Test func `Layers name their tensors and their shapes follow from each other`() throws {
        var graph = Graph()
        let x = graph.input("features", width: 5)
        let hidden = try graph.append(Dense(3), named: "dense0", to: x)
        let output = try graph.append(BatchNormalization(), named: "norm0", to: hidden)
        #expect(graph[output].shape == .rows(3))
        #expect(graph.output == output)
        #expect(
            graph.parameters.map { graph[$0].name } == ["dense0.weight", "dense0.bias", "norm0.scale", "norm0.offset"])
        #expect(graph.states.map { graph[$0].name } == ["norm0.mean", "norm0.variance"])
        #expect(graph.parameters.map { graph[$0].shape.description }[0] == "(5, 3)")
    }

    @Test func `An operation that does not fit is refused when it is added, and the graph stays as it was`() throws {
        var graph = Graph()
        let (x, y) = (graph.input("x", width: 2), graph.input("y", width: 3))
        #expect(throws: ShapeError("sum", [.rows(2), .rows(3)], expected: "two inputs of one shape")) {
            try graph.apply(Sum(), to: [x, y], named: "sum")
        }
        #expect(graph.nodes.isEmpty)
        #expect(graph.tensors.count == 2)
    }

    @Test func `A message about shapes has the operation, what it takes and what it got`() {
        let error = ShapeError("sum", [.rows(2), .fixed(3, 4)], expected: "two inputs of one shape")
        #expect(error.description == "sum takes two inputs of one shape, not (rows, 2) and (3, 4)")
    }
}
