internal import CKernels

/// Brings each channel to mean 0 and variance 1 over the batch and all positions, then scales and offsets it by learned numbers.
/// When not training, running statistics stand in for the batch's.
///
/// y = (x − mean)/√(variance + epsilon)·scale + offset. Inputs: x (rows, …, n), and scale, offset, running mean and running
/// variance, (n) each. Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015.
public struct BatchNormalization: Operation, Layer, FusingActivation {
    /// How far the running statistics move towards each batch's, in (0, 1].
    public var momentum: Float = 0.1
    /// Added to the variance, above 0.
    public var epsilon: Float = 1e-5
    var fused = ActivationFunction.identity

    /// Batch normalisation with the usual constants.
    public init() {}

    public var name: String { "batch normalisation" }
    public var onnxName: String { "BatchNormalization" }

    func canFuse(_ function: ActivationFunction) -> Bool { function == .relu }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 5, inputs[0].isBatched, let channels = inputs[0].dimensions.last,
            inputs[1...].allSatisfy({ $0 == .fixed(channels) })
        else { throw ShapeError(name, inputs, expected: "(rows, …, n) and four times (n)") }
        return inputs[0]
    }

    /// The batch's mean and 1/√(variance + epsilon) of each channel.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { 2 * (result.dimensions.last ?? 0) }

    /// Two numbers a channel for each worker, and two more for all.
    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        (2 * workers + 2) * (result.dimensions.last ?? 0)
    }

    public func forward(_ frame: borrowing Frame) {
        let channels = frame.result.dimensions.last
        let count = frame.rows * frame.result.width / channels
        let (x, y, relu) = (frame[0].values, frame.result.values, fused == .relu)
        let (mean, inverse) = (frame.saved, frame.saved + channels)
        if frame.isTraining {
            measure(frame, count: count, channels: channels)
        } else {
            for channel in 0..<channels {
                mean[channel] = frame[3].values[channel]
                inverse[channel] = 1 / (frame[4].values[channel] + epsilon).squareRoot()
            }
        }
        let (factor, offset) = (frame.scratch, frame.scratch + channels)
        setFactors(frame, factor, offset, channels: channels)
        frame.parallel(count, atLeast: grain(channels)) { range, _ in
            let start = range.lowerBound * channels
            attar_scale_channels(x + start, factor, offset, relu, y + start, range.count, channels)
        }
    }

    /// Each channel's factor and offset: y = x·factor + offset.
    private func setFactors(
        _ frame: borrowing Frame, _ factor: UnsafeMutablePointer<Float>, _ offset: UnsafeMutablePointer<Float>,
        channels: Int
    ) {
        let (mean, inverse) = (frame.saved, frame.saved + channels)
        for channel in 0..<channels {
            factor[channel] = frame[1].values[channel] * inverse[channel]
            offset[channel] = frame[2].values[channel] - mean[channel] * factor[channel]
        }
    }

    /// The batch's statistics, into what is saved and into the running ones.
    private func measure(_ frame: borrowing Frame, count: Int, channels: Int) {
        let (x, moments, grain) = (frame[0].values, frame.scratch, grain(channels))
        let parts = frame.parts(of: count, atLeast: grain)
        frame.parallel(count, atLeast: grain) { range, part in
            let own = moments + part * 2 * channels
            attar_channel_moments(x + range.lowerBound * channels, range.count, channels, own, own + channels)
        }
        for part in 1..<max(1, parts) {
            let (before, end) = (count * part / parts, count * (part + 1) / parts)
            let own = moments + part * 2 * channels
            attar_combine_moments(before, moments, moments + channels, end - before, own, own + channels, channels)
        }
        let (mean, inverse) = (frame.saved, frame.saved + channels)
        let unbiased: Float = count > 1 ? 1 / Float(count - 1) : 0
        for channel in 0..<channels {
            let (centre, squares) = (moments[channel], moments[channels + channel])
            mean[channel] = centre
            inverse[channel] = 1 / (squares / Float(count) + epsilon).squareRoot()
            frame[3].values[channel] += momentum * (centre - frame[3].values[channel])
            frame[4].values[channel] += momentum * (squares * unbiased - frame[4].values[channel])
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient, let scale = frame[1].gradient, let offset = frame[2].gradient
        else { return }
        let channels = frame.result.dimensions.last
        let count = frame.rows * frame.result.width / channels
        let (x, relu) = (frame[0].values, fused == .relu)
        let (mean, inverse, sums) = (frame.saved, frame.saved + channels, frame.scratch)
        let grain = grain(channels)
        let parts = frame.parts(of: count, atLeast: grain)
        let factor = sums + 2 * parts * channels
        let shift = factor + channels
        setFactors(frame, factor, shift, channels: channels)
        frame.parallel(count, atLeast: grain) { range, part in
            let (start, own) = (range.lowerBound * channels, sums + part * 2 * channels)
            attar_batch_norm_sums(
                x + start, dy + start, factor, shift, relu, mean, inverse, own, own + channels, range.count, channels)
        }
        scale.update(from: sums, count: channels)
        offset.update(from: sums + channels, count: channels)
        for part in 1..<max(1, parts) {
            attar_add(scale, sums + part * 2 * channels, channels)
            attar_add(offset, sums + part * 2 * channels + channels, channels)
        }
        guard let dx = frame[0].gradient else { return }
        // dx = factor·(g − Σg/count − (x − mean)·inverse·dscale/count), as a blend of x, g and 1.
        let (ofX, constant) = (sums, sums + channels)
        for channel in 0..<channels {
            let slope = -factor[channel] * inverse[channel] * scale[channel] / Float(count)
            ofX[channel] = slope
            constant[channel] = -factor[channel] * offset[channel] / Float(count) - slope * mean[channel]
        }
        frame.parallel(count, atLeast: grain) { range, _ in
            let start = range.lowerBound * channels
            attar_batch_norm_gradient(
                x + start, dy + start, factor, shift, relu, ofX, constant, dx + start, range.count, channels)
        }
    }

    /// Positions that are worth another thread.
    private func grain(_ channels: Int) -> Int { max(1, 1 << 15 / max(1, channels)) }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let shape = Shape.fixed(graph[input].shape.dimensions.last ?? 0)
        let scale = graph.parameter("\(name).scale", shape, .constant(1))
        let offset = graph.parameter("\(name).offset", shape, .constant(0))
        let mean = graph.state("\(name).mean", shape, startingAt: 0)
        let variance = graph.state("\(name).variance", shape, startingAt: 1)
        return try graph.apply(self, to: [input, scale, offset, mean, variance], named: name)
    }
}
