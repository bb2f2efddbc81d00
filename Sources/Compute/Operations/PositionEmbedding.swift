internal import CKernels

/// Adds a learned vector to each position of a sequence: y = x + table, x (rows, n, width), table (n, width).
///
/// Source: Gehring et al., "Convolutional Sequence to Sequence Learning", ICML 2017, section 3.1.
public struct PositionEmbedding: Operation, Layer {
    /// The table starts at numbers drawn evenly from ±bound.
    public let bound: Float

    /// A table that starts at numbers from ±bound; the default's deviation of .02 is that of Devlin et al., "BERT", NAACL 2019.
    public init(bound: Float = 0.035) { self.bound = bound }

    public var name: String { "position embedding" }
    public var onnxName: String { "Add" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].isBatched, inputs[0].dimensions.count == 2, !inputs[1].isBatched,
            inputs[1].dimensions == inputs[0].dimensions
        else { throw ShapeError(name, inputs, expected: "(rows, n, width) and (n, width)") }
        return inputs[0]
    }

    public func forward(_ frame: borrowing Frame) {
        let (x, table, y, width) = (frame[0].values, frame[1].values, frame.result.values, frame.result.width)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 15 / max(1, width))) { rows, _ in
            for row in rows { attar_sum(x + row * width, table, false, y + row * width, width) }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let slope = frame.result.gradient else { return }
        let (rows, width) = (frame.rows, frame.result.width)
        frame[0].gradient?.update(from: slope, count: rows * width)
        guard let total = frame[1].gradient else { return }
        // Each worker takes some of the elements of all rows, so that sums are made in one order on any number of threads.
        frame.parallel(width, atLeast: max(16, 1 << 15 / rows)) { elements, _ in
            let start = elements.lowerBound
            (total + start).update(from: slope + start, count: elements.count)
            for row in 1..<max(1, rows) { attar_add(total + start, slope + row * width + start, elements.count) }
        }
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let shape = graph[input].shape
        guard shape.dimensions.count == 2 else { throw ShapeError(self.name, [shape], expected: "(rows, n, width)") }
        let table = graph.parameter(
            "\(name).weight", .fixed(shape.dimensions[0], shape.dimensions[1]), .uniform(bound: bound))
        return try graph.apply(self, to: [input, table], named: name)
    }
}
