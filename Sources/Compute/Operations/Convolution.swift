internal import CKernels

/// What `Conv1D` and `Conv2D` share: a sequence is a picture of one row.
struct Convolution: Hashable, Sendable {
    /// The operation's name in messages.
    let name: String
    /// Dimensions that the kernel moves along: 1 or 2.
    let dimensions: Int
    let outputs: Int
    var motion: KernelMotion
    var groups: Int
    /// The function that the plan has moved into this operation.
    var fused = ActivationFunction.identity

    // MARK: Shapes

    /// The kernel's shape for so many channels.
    func weightShape(channels: Int) -> Shape {
        let share = channels / groups
        return dimensions == 1
            ? .fixed(motion.kernel.width, share, outputs)
            : .fixed(motion.kernel.height, motion.kernel.width, share, outputs)
    }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        let picture = dimensions == 1 ? "(rows, length, channels)" : "(rows, height, width, channels)"
        guard inputs.count == 2 || inputs.count == 3, let extent = inputs[0].extent(dimensions: dimensions) else {
            throw ShapeError(name, inputs, expected: "\(picture) with weights and a bias (\(outputs))")
        }
        let channels = inputs[0].dimensions[dimensions]
        guard channels.isMultiple(of: groups) else {
            throw ShapeError(name, inputs, expected: "channels that \(groups) groups can share evenly")
        }
        guard inputs[1] == weightShape(channels: channels), inputs.count == 2 || inputs[2] == .fixed(outputs) else {
            throw ShapeError(
                name, inputs,
                expected: "\(picture) with weights \(weightShape(channels: channels)) and bias (\(outputs))")
        }
        guard let results = motion.results(over: extent) else {
            throw ShapeError(
                name, inputs,
                expected: "pictures at least as large as its \(motion.description(dimensions: dimensions)) kernel")
        }
        return dimensions == 1 ? .rows(results.width, outputs) : .rows(results.height, results.width, outputs)
    }

    /// The sizes in C's terms.
    func sizes(_ picture: Dimensions, _ result: Dimensions) -> attar_conv {
        let flat = dimensions == 1
        let before = motion.before
        return attar_conv(
            height: flat ? 1 : picture[0], width: flat ? picture[0] : picture[1], channels: picture.last,
            out_height: flat ? 1 : result[0], out_width: flat ? result[0] : result[1], outputs: outputs,
            kernel_height: motion.kernel.height, kernel_width: motion.kernel.width,
            stride_y: motion.stride.height, stride_x: motion.stride.width,
            dilation_y: motion.dilation.height, dilation_x: motion.dilation.width,
            top: before.height, left: before.width, groups: groups, variant: 0)
    }

    /// Pictures that are worth another thread: a hundred thousand multiplications take a few microseconds.
    private func grain(_ sizes: attar_conv) -> Int {
        let multiplications =
            sizes.out_height * sizes.out_width * sizes.kernel_height * sizes.kernel_width * sizes.channels / groups
            * outputs
        return max(1, 1 << 17 / max(1, multiplications))
    }

    // MARK: Memory

    /// What the forward kernel keeps for the slope of GELU and SiLU.
    func savedCount(result: Shape, rows: Int) -> Int {
        fused.slopeNeedsInput ? rows * result.count : 0
    }

    /// The weights in the kernels' own order.
    func preparedCount(inputs: [Shape], result: Shape) -> Int {
        var sizes = sizes(Dimensions(inputs[0]), Dimensions(result))
        return attar_conv_packed_count(&sizes)
    }

    func scratchCount(inputs: [Shape], result: Shape, workers: Int) -> Int {
        var sizes = sizes(Dimensions(inputs[0]), Dimensions(result))
        let perWorker = Self.aligned(attar_conv_scratch_count(&sizes)) + Self.aligned(attar_conv_sums_count(&sizes))
        return Self.aligned(attar_conv_packed_gradient_count(&sizes)) + workers * perWorker
    }

    private static func aligned(_ count: Int) -> Int { AlignedBuffer.aligned(count) }

    // MARK: Kernels

    func prepare(_ frame: borrowing Frame) {
        var sizes = sizes(frame[0].dimensions, frame.result.dimensions)
        attar_conv_pack(&sizes, frame[1].values, frame.prepared)
    }

    func forward(_ frame: borrowing Frame, hasBias: Bool) {
        let sizes = sizes(frame[0].dimensions, frame.result.dimensions)
        let (x, y) = (frame[0].values, frame.result.values)
        let bias = hasBias ? UnsafePointer(frame[2].values) : nil
        let (from, to) = (frame[0].width, frame.result.width)
        let before = frame.isTraining && fused.slopeNeedsInput ? frame.saved : nil
        let isPlain = fused == .identity || fused == .relu
        let packed = frame.prepared
        let (scratch, fused) = (frame.scratch, fused)
        var local = sizes
        let stride = Self.aligned(attar_conv_scratch_count(&local))
        frame.parallel(frame.rows, atLeast: grain(sizes)) { pictures, part in
            var sizes = sizes
            for picture in pictures {
                let result = y + picture * to
                attar_conv_forward(
                    &sizes, x + picture * from, packed, isPlain ? bias : nil, fused == .relu, result,
                    scratch + part * stride)
                if !isPlain {
                    let kept = before.map { $0 + picture * to }
                    if let bias {
                        attar_bias_activate(
                            fused.kernel, result, bias, kept, sizes.out_height * sizes.out_width, sizes.outputs)
                    } else {
                        kept?.update(from: result, count: to)
                        attar_activate(fused.kernel, result, result, to)
                    }
                }
            }
        }
    }

    func backward(_ frame: borrowing Frame, hasBias: Bool) {
        guard let slope = frame.result.gradient else { return }
        let sizes = sizes(frame[0].dimensions, frame.result.dimensions)
        var local = sizes
        let (x, dx) = (frame[0].values, frame[0].gradient)
        let (from, to) = (frame[0].width, frame.result.width)
        let saved = fused.slopeNeedsInput ? frame.saved : frame.result.values
        let turned = frame.scratch
        if dx != nil { attar_conv_pack_gradient(&local, frame[1].values, turned) }
        let sumsCount = attar_conv_sums_count(&local)
        let room = frame.scratch + Self.aligned(attar_conv_packed_gradient_count(&local))
        let scratchStride = Self.aligned(attar_conv_scratch_count(&local))
        let parts = frame.parts(of: frame.rows, atLeast: grain(sizes))
        // The sums of the parts lie one after the other, as they are added up.
        let sums = room + parts * scratchStride
        let wantsWeights = frame[1].gradient != nil
        let fused = fused
        frame.parallel(frame.rows, atLeast: grain(sizes)) { pictures, part in
            var sizes = sizes
            let (scratch, partSums) = (room + part * scratchStride, sums + part * sumsCount)
            if wantsWeights { partSums.update(repeating: 0, count: sumsCount) }
            for picture in pictures {
                let gradient = slope + picture * to
                if fused != .identity {
                    attar_activation_gradient(fused.kernel, saved + picture * to, gradient, gradient, to)
                }
                if wantsWeights {
                    attar_conv_weight_gradient(&sizes, x + picture * from, gradient, partSums, scratch)
                }
                if let dx { attar_conv_input_gradient(&sizes, gradient, turned, dx + picture * from, scratch) }
            }
        }
        if wantsWeights {
            attar_conv_collect(&local, sums, parts, frame[1].gradient, hasBias ? frame[2].gradient : nil)
        }
    }
}

extension Convolution {
    /// Adds the layer's weight, drawn evenly from ±√(6 / inputs of one result) (He et al. 2015), and its bias, 0. Without a bias a
    /// normalisation follows, which undoes the size of the weights: it only says how slowly they turn, and smaller ones,
    /// ±√(1 / inputs), learn more in few epochs.
    func parameters(
        for input: Graph.Tensor, in graph: inout Graph, named name: String, hasBias: Bool
    ) -> [Graph.Tensor] {
        let channels = graph[input].shape.dimensions.last ?? 1
        let shape = weightShape(channels: channels)
        let fanIn = shape.count / max(1, outputs)
        let bound = ((hasBias ? 6 : 1) / Float(max(1, fanIn))).squareRoot()
        let weight = graph.parameter("\(name).weight", shape, .uniform(bound: bound), decays: true)
        return hasBias ? [weight, graph.parameter("\(name).bias", .fixed(outputs), .constant(0))] : [weight]
    }
}

/// A convolution of one or two dimensions: an operation that is done by what they share.
protocol Convolving: FusingActivation, Layer {
    /// What is computed.
    var convolution: Convolution { get set }
    /// Whether a learned number is added to each output channel.
    var hasBias: Bool { get set }
}

extension Convolving {
    var fused: ActivationFunction {
        get { convolution.fused }
        set { convolution.fused = newValue }
    }

    public var name: String { convolution.name }
    public var onnxName: String { "Conv" }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape { try convolution.resultShape(of: inputs) }

    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int {
        convolution.savedCount(result: result, rows: rows)
    }

    public func preparedCount(inputs: [Shape], result: Shape) -> Int {
        convolution.preparedCount(inputs: inputs, result: result)
    }

    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        convolution.scratchCount(inputs: inputs, result: result, workers: workers)
    }

    public func prepare(_ frame: borrowing Frame) { convolution.prepare(frame) }

    public func forward(_ frame: borrowing Frame) { convolution.forward(frame, hasBias: hasBias) }

    public func backward(_ frame: borrowing Frame) { convolution.backward(frame, hasBias: hasBias) }

    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let learned = convolution.parameters(for: input, in: &graph, named: name, hasBias: hasBias)
        return try graph.apply(self, to: [input] + learned, named: name)
    }
}
