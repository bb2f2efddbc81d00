internal import CKernels

/// Gated recurrent units over a sequence: x (rows, length, in) → states (rows, length, hidden).
///
/// With h the state so far, 0 before the first position:
///
///     z = σ(x·Wz + bz + h·Uz)                 how much of the state stays
///     r = σ(x·Wr + br + h·Ur)                 how much of it the new one sees
///     n = tanh(x·Wn + bn + r·(h·Un + c))
///     h' = (1 − z)·n + z·h
///
/// Inputs: x; weight (in, 3·hidden), the blocks Wn, Wz, Wr; recurrent (hidden, 3·hidden), the blocks Uz, Ur, Un; bias (3·hidden), bn, bz, br; recurrent
/// bias c (hidden); and, where there is padding, ids (rows, length): where an id is 0 the state stays as it is. Both orders let one block of
/// memory, n z r q, serve both products.
///
/// Sources: Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder", EMNLP 2014, section 2.3; the reset after the product as in cuDNN and
/// PyTorch, which is `linear_before_reset = 1` of ONNX's GRU. That one wants the blocks z, r, n, each transposed, and the batch second.
public struct GRU: Operation, Layer {
    /// Numbers of the state, at least 1.
    public let hidden: Int
    /// Whether the sequence is read from its end to its beginning; results stay at the positions that they belong to.
    public let isReversed: Bool

    /// Units with a state of so many numbers.
    ///
    /// - Precondition: `hidden > 0`.
    public init(_ hidden: Int, isReversed: Bool = false) {
        precondition(hidden > 0, "a state has at least one number")
        self.hidden = hidden
        self.isReversed = isReversed
    }

    public var name: String { "gated recurrent units" }
    public var onnxName: String { "GRU" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        let sequence = inputs.first ?? .fixed()
        let learned: [Shape] = [.fixed(hidden, 3 * hidden), .fixed(3 * hidden), .fixed(hidden)]
        guard sequence.isBatched, sequence.dimensions.count == 2, sequence.count > 0,
            inputs.count == 5 || inputs.count == 6,
            inputs[1] == .fixed(sequence.dimensions[1], 3 * hidden), inputs[2..<5].elementsEqual(learned),
            inputs.count == 5 || inputs[5] == .rows(sequence.dimensions[0])
        else {
            throw ShapeError(
                name, inputs,
                expected:
                    "(rows, length, n), weights (n, \(3 * hidden)), \(learned[0]), \(learned[1]), \(learned[2]) and maybe ids (rows, length)"
            )
        }
        return .rows(sequence.dimensions[0], hidden)
    }

    /// The gates of each position, new, update, reset, and the state's part of the new one.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { 4 * result.count(rows: rows) }

    /// Forward, the product of the state and its weights; backward, the gradient of the state in two parts, and the biases' sums.
    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int { (3 * rows + 4) * hidden }

    /// Rows that are worth another thread: products of a quarter of a million multiplications take a few microseconds.
    private func grain(length: Int, width: Int) -> Int { max(1, 1 << 18 / (length * 3 * hidden * (width + hidden))) }

    public func forward(_ frame: borrowing Frame) {
        let (length, width, hidden, isReversed) = (frame[0].dimensions[0], frame[0].dimensions[1], hidden, isReversed)
        let (x, weight, recurrent) = (frame[0].values, frame[1].values, frame[2].values)
        let (bias, recurrentBias) = (frame[3].values, frame[4].values)
        let ids = frame.inputCount > 5 ? frame[5].values : nil
        let (y, saved, scratch) = (frame.result.values, frame.saved, frame.scratch)
        let shape = attar_gru(hidden: hidden, length: length)
        frame.parallel(frame.rows, atLeast: grain(length: length, width: width)) { rows, _ in
            let first = rows.lowerBound * length
            let (gates, states) = (saved + first * 4 * hidden, y + first * hidden)
            let product = scratch + rows.lowerBound * 3 * hidden
            // All positions' inputs at once: (positions, 3·hidden) into the first three of each position's four blocks.
            BLAS.product(
                x + first * width, weight, into: gates, rows: rows.count * length, columns: 3 * hidden, inner: width,
                productStride: 4 * hidden)
            var previous: Int?
            for step in 0..<length {
                let position = isReversed ? length - 1 - step : step
                let before = previous.map { UnsafePointer(states + $0 * hidden) }
                if let before {
                    BLAS.product(
                        before, recurrent, into: product, rows: rows.count, columns: 3 * hidden, inner: hidden,
                        leftStride: length * hidden)
                }
                withUnsafePointer(to: shape) {
                    attar_gru_cell(
                        $0, gates + position * 4 * hidden, product, bias, recurrentBias, before,
                        states + position * hidden, ids.map { $0 + first + position }, rows.count)
                }
                previous = position
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient else { return }
        let (length, width, hidden, isReversed) = (frame[0].dimensions[0], frame[0].dimensions[1], hidden, isReversed)
        let (weight, recurrent, dx) = (frame[1].values, frame[2].values, frame[0].gradient)
        let ids = frame.inputCount > 5 ? frame[5].values : nil
        let (y, saved, scratch, all) = (frame.result.values, frame.saved, frame.scratch, frame.rows)
        let shape = attar_gru(hidden: hidden, length: length)
        frame.parallel(all, atLeast: grain(length: length, width: width)) { rows, _ in
            let (first, count) = (rows.lowerBound * length, rows.count)
            let (gates, states) = (saved + first * 4 * hidden, y + first * hidden)
            let carry = scratch + rows.lowerBound * hidden
            let product = scratch + (all + rows.lowerBound) * hidden
            carry.update(repeating: 0, count: count * hidden)
            product.update(repeating: 0, count: count * hidden)
            for step in (0..<length).reversed() {
                let position = isReversed ? length - 1 - step : step
                let previous = step == 0 ? nil : states + (isReversed ? position + 1 : position - 1) * hidden
                let own = gates + position * 4 * hidden
                withUnsafePointer(to: shape) {
                    attar_gru_cell_gradient(
                        $0, own, previous, dy + (first + position) * hidden, carry, product,
                        ids.map { $0 + first + position }, count)
                }
                if step > 0 {
                    // (rows, hidden) = the slopes of z, r, q (rows, 3·hidden) · recurrentᵀ
                    BLAS.product(
                        own + hidden, recurrent, into: product, rows: count, columns: hidden, inner: 3 * hidden,
                        transposingRight: true, leftStride: length * 4 * hidden)
                }
            }
            if let dx {
                BLAS.product(
                    gates, weight, into: dx + first * width, rows: count * length, columns: width, inner: 3 * hidden,
                    transposingRight: true, leftStride: 4 * hidden)
            }
        }
        if let ids = frame.inputCount > 5 ? frame[5].gradient : nil { ids.update(repeating: 0, count: all * length) }
        learn(frame)
    }

    /// The gradients of weights and biases, from the slopes that stand in place of the gates.
    private func learn(_ frame: borrowing Frame) {
        let (length, width, hidden) = (frame[0].dimensions[0], frame[0].dimensions[1], hidden)
        let (x, y, slopes, count) = (frame[0].values, frame.result.values, frame.saved, frame.rows * length)
        let columns = 3 * hidden
        if let gradient = frame[1].gradient {
            frame.parallel(width, atLeast: max(8, 1 << 18 / (count * columns))) { inputs, _ in
                BLAS.product(
                    x + inputs.lowerBound, slopes, into: gradient + inputs.lowerBound * columns, rows: inputs.count,
                    columns: columns, inner: count, transposingLeft: true, leftStride: width, rightStride: 4 * hidden)
            }
        }
        let sums = frame.scratch + 2 * frame.rows * hidden
        attar_column_sums(slopes, sums, count, 4 * hidden)
        frame[3].gradient?.update(from: sums, count: columns)
        frame[4].gradient?.update(from: sums + columns, count: hidden)
        guard let gradient = frame[2].gradient else { return }
        // A row's first state has none before it; the state before every other is its neighbour, so that one product does.
        let start = isReversed ? length - 1 : 0
        for row in 0..<frame.rows {
            (slopes + (row * length + start) * 4 * hidden).update(repeating: 0, count: 4 * hidden)
        }
        let (states, own) = isReversed ? (y + hidden, slopes + hidden) : (y, slopes + 5 * hidden)
        if count == 1 { return gradient.update(repeating: 0, count: hidden * columns) }
        frame.parallel(hidden, atLeast: max(8, 1 << 18 / (count * columns))) { units, _ in
            BLAS.product(
                states + units.lowerBound, own, into: gradient + units.lowerBound * columns, rows: units.count,
                columns: columns, inner: count - 1, transposingLeft: true, leftStride: hidden, rightStride: 4 * hidden)
        }
    }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        try apply(to: input, tokens: nil, in: &graph, named: name)
    }

    /// Adds the units after `input`: weights drawn evenly from ±1/√hidden, as PyTorch does, and biases of 0.
    ///
    /// - Parameter tokens: ids (rows, length), 0 where there is padding; nil for none.
    public func apply(
        to input: Graph.Tensor, tokens: Graph.Tensor?, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let width = graph[input].shape.dimensions.last ?? 0
        let bound = 1 / Float(hidden).squareRoot()
        let learned = [
            graph.parameter("\(name).weight", .fixed(width, 3 * hidden), .uniform(bound: bound)),
            graph.parameter("\(name).recurrent", .fixed(hidden, 3 * hidden), .uniform(bound: bound)),
            graph.parameter("\(name).bias", .fixed(3 * hidden), .constant(0)),
            graph.parameter("\(name).recurrentBias", .fixed(hidden), .constant(0)),
        ]
        return try graph.apply(self, to: [input] + learned + (tokens.map { [$0] } ?? []), named: name)
    }
}
