internal import CKernels

/// Looks up a learned vector for each token: ids (rows, …), table (vocabulary, width) → (rows, …, width).
///
/// Ids are whole numbers that come as floats; up to 2²⁴ these are exact. An id outside of 0..<vocabulary is read as the last one, which
/// stands for every token that training never saw; NaN is read as 0. Nothing is ever read beside the table. Where `pads`, id 0 is the
/// padding: its vector is 0 whatever the table says, and learns nothing.
///
/// In ONNX it is `Gather` of the table by the ids, cast to integers; row 0 of the table is 0 where `pads`, from the start and for ever, so that
/// `Gather` gives the same.
public struct Embedding: Operation, Layer {
    /// Number of ids, at least 1: of tokens, with the padding and the unknown one.
    public let vocabulary: Int
    /// Numbers a token, at least 1.
    public let width: Int
    /// Whether id 0 is the padding.
    public let pads: Bool
    /// The table starts at numbers drawn evenly from ±bound.
    public let bound: Float

    /// A table for so many ids.
    ///
    /// - Parameters:
    ///   - vocabulary: number of ids, at least 1, at most 2²⁴.
    ///   - width: numbers a token, at least 1.
    ///   - pads: whether id 0 is the padding.
    ///   - bound: the table starts at numbers drawn evenly from ±bound; .25 is that of Kim, "Convolutional Neural Networks for Sentence
    ///     Classification", EMNLP 2014 (in the program that goes with it). Where `pads`, the padding and the last id, the unknown token, start at 0.
    /// - Precondition: numbers are in their ranges.
    public init(vocabulary: Int, width: Int, pads: Bool = true, bound: Float = 0.25) {
        precondition(
            (1...1 << 24).contains(vocabulary) && width > 0, "a table has 1 to 2²⁴ rows of at least one number")
        self.vocabulary = vocabulary
        self.width = width
        self.pads = pads
        self.bound = bound
    }

    public var name: String { "embedding" }
    public var onnxName: String { "Gather" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].isBatched, inputs[1] == .fixed(vocabulary, width) else {
            throw ShapeError(name, inputs, expected: "ids (rows, n) with a table (\(vocabulary), \(width))")
        }
        return Shape(isBatched: true, dimensions: inputs[0].dimensions + [width])
    }

    public func forward(_ frame: borrowing Frame) {
        let (ids, table, y) = (frame[0].values, frame[1].values, frame.result.values)
        let (vocabulary, width, pads) = (vocabulary, width, pads)
        frame.parallel(frame.rows * frame[0].width, atLeast: max(1, 1 << 14 / width)) { positions, _ in
            let start = positions.lowerBound
            attar_embed(table, ids + start, y + start * width, positions.count, vocabulary, width, pads)
        }
    }

    /// The table's gradient is written once, with zeros, and then added to position by position: each worker takes some of the columns of
    /// all rows, so that sums are made in the same order on any number of threads, without a table for each of them.
    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient else { return }
        frame[0].gradient?.update(repeating: 0, count: frame.rows * frame[0].width)
        guard let gradient = frame[1].gradient else { return }
        let (ids, count) = (frame[0].values, frame.rows * frame[0].width)
        let (vocabulary, width, pads) = (vocabulary, width, pads)
        frame.parallel(vocabulary * width, atLeast: 1 << 16) { elements, _ in
            (gradient + elements.lowerBound).update(repeating: 0, count: elements.count)
        }
        // A line of 16 columns belongs to one worker.
        let lines = (width + 15) / 16
        frame.parallel(lines, atLeast: max(1, 1 << 14 / max(1, 16 * count))) { lines, _ in
            attar_embed_gradient(
                ids, dy, gradient, count, vocabulary, width, lines.lowerBound * 16, min(width, lines.upperBound * 16),
                pads)
        }
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let table = graph.parameter(
            "\(name).weight", .fixed(vocabulary, width),
            pads ? .embedding(width: width, bound: bound) : .uniform(bound: bound))
        return try graph.apply(self, to: [input, table], named: name)
    }
}
