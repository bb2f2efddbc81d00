import CKernels
import Compute
import Testing

struct ConvolutionTests {
    /// A convolution of random sizes, its inputs' shapes and its plain version.
    private struct Sample {
        var operation: any Operation
        var shapes: [Shape]
        var rows: Int
        var plain: OperationProbe.Plain

        /// Every second one is a sequence, and has a bias; every fourth is depthwise.
        init(seed: UInt64, isSequence: Bool) {
            var sizes = RandomSizes(seed: seed)
            let kernel = Extent(height: isSequence ? 1 : sizes.next(in: 1...3), width: sizes.next(in: 1...4))
            let stride = Extent(height: isSequence ? 1 : sizes.next(in: 1...2), width: sizes.next(in: 1...3))
            let dilation = Extent(height: isSequence ? 1 : sizes.next(in: 1...2), width: sizes.next(in: 1...2))
            let zeros = isSequence ? 0 : sizes.next(in: 0...2)
            let isSame = sizes.next(in: 0...1) == 0 || isSequence
            let groups = sizes.next(in: 1...3)
            let isDepthwise = sizes.next(in: 0...3) == 0
            let channels = isDepthwise ? sizes.next(in: 2...19) : groups * sizes.next(in: 1...4)
            let outputs = isDepthwise ? channels : groups * sizes.next(in: 1...7)
            let hasBias = sizes.next(in: 0...1) == 0
            let picture = Reference.Picture(
                height: isSequence ? 1 : dilation.height * (kernel.height - 1) + sizes.next(in: 1...4),
                width: dilation.width * (kernel.width - 1) + sizes.next(in: 1...6), channels: channels)
            let shares = isDepthwise ? channels : groups
            if isSequence {
                operation = Conv1D(
                    outputs, kernel: kernel.width, stride: stride.width, padding: .same, dilation: dilation.width,
                    groups: shares, hasBias: hasBias)
                shapes = [.rows(picture.width, channels), .fixed(kernel.width, channels / shares, outputs)]
            } else {
                operation = Conv2D(
                    outputs, kernel: kernel, stride: stride, padding: isSame ? .same : .zeros(zeros),
                    dilation: dilation, groups: shares, hasBias: hasBias)
                shapes = [
                    .rows(picture.height, picture.width, channels),
                    .fixed(kernel.height, kernel.width, channels / shares, outputs),
                ]
            }
            if hasBias { shapes.append(.fixed(outputs)) }
            rows = sizes.next(in: 1...3)
            func same(_ kernel: Int, _ dilation: Int) -> (Int, Int) {
                let total = dilation * (kernel - 1)
                return isSame ? (total / 2, total - total / 2) : (zeros, zeros)
            }
            let (down, across) = (same(kernel.height, dilation.height), same(kernel.width, dilation.width))
            let windows = Reference.windows(
                picture, kernel: kernel, stride: stride, dilation: dilation,
                padding: (Extent(height: down.0, width: across.0), Extent(height: down.1, width: across.1)))
            plain = {
                Reference.convolution(
                    $0[0], $0[1], hasBias ? $0[2] : nil, picture, outputs: outputs, groups: shares, windows: windows)
            }
        }
    }

    @Test(arguments: UInt64(1)...40)
    func `Pictures and sequences are convolved as defined, with any stride, padding, dilation and groups`(seed: UInt64)
        throws
    {
        let sample = Sample(seed: seed, isSequence: seed.isMultiple(of: 4))
        var probe = OperationProbe(sample.operation, shapes: sample.shapes, rows: sample.rows, seed: seed)
        try probe.check(against: sample.plain)
    }

    @Test(arguments: [1, 2, 3], UInt64(1)...20)
    func `The kernels for every instruction set agree`(variant: Int, seed: UInt64) {
        guard attar_conv_has(variant) else { return }
        var sizes = RandomSizes(seed: seed)
        let groups = sizes.next(in: 1...2)
        let (kernel, stride, picture) = (sizes.next(in: 1...3), sizes.next(in: 1...2), sizes.next(in: 3...15))
        let results = (picture + 2 - kernel) / stride + 1
        var convolution = attar_conv(
            height: picture, width: picture, channels: groups * sizes.next(in: 1...9), out_height: results,
            out_width: results, outputs: groups * sizes.next(in: 1...35), kernel_height: kernel, kernel_width: kernel,
            stride_y: stride, stride_x: stride, dilation_y: 1, dilation_x: 1, top: 1, left: 1, groups: groups,
            variant: 0)
        let expected = Self.run(&convolution, seed: seed)
        convolution.variant = variant
        for (own, other) in zip(Self.run(&convolution, seed: seed), expected) {
            #expect(abs(own - other) <= 1e-4 * max(1, abs(other)))
        }
    }

    @Test(arguments: [0, 1, 2, 3], UInt64(1)...12)
    func `Kernels of 3 × 3 over many channels, which are computed by Winograd's filtering, follow the definition`(
        variant: Int, seed: UInt64
    ) {
        guard attar_conv_has(variant) else { return }
        var sizes = RandomSizes(seed: seed)
        let (top, left) = (sizes.next(in: 0...2), sizes.next(in: 0...2))
        let (bottom, right) = (sizes.next(in: 0...2), sizes.next(in: 0...2))
        let (height, width) = (sizes.next(in: 4...19), sizes.next(in: 4...19))
        var convolution = attar_conv(
            height: height, width: width, channels: 16 * sizes.next(in: 1...3), out_height: height + top + bottom - 2,
            out_width: width + left + right - 2, outputs: 16 * sizes.next(in: 1...3), kernel_height: 3, kernel_width: 3,
            stride_y: 1, stride_x: 1, dilation_y: 1, dilation_x: 1, top: top, left: left, groups: 1, variant: variant)
        let expected = Self.plain(convolution, seed: seed)
        let own = Self.run(&convolution, seed: seed)
        #expect(own.count == expected.count)
        // Sums of some hundred to some thousand products of normal numbers.
        for (own, other) in zip(own, expected) { #expect(abs(Double(own) - other) <= 2e-5 * max(30, abs(other))) }
    }

    /// What `run` computes, by the definition, for one group and strides of 1.
    private static func plain(_ sizes: attar_conv, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed, stream: "kernels")
        func random(_ count: Int) -> [Double] { (0..<count).map { _ in Double(generator.normal()) } }
        let (channels, outputs) = (sizes.channels, sizes.outputs)
        let x = random(sizes.height * sizes.width * channels)
        let weight = random(9 * channels * outputs)
        let bias = random(outputs)
        let dy = random(sizes.out_height * sizes.out_width * outputs)
        var (y, db) = ([Double](repeating: 0, count: dy.count), [Double](repeating: 0, count: outputs))
        var (dx, dw) = ([Double](repeating: 0, count: x.count), [Double](repeating: 0, count: weight.count))
        for pixel in 0..<sizes.out_height * sizes.out_width {
            let (row, column) = (pixel / sizes.out_width, pixel % sizes.out_width)
            for o in 0..<outputs {
                y[pixel * outputs + o] += bias[o]
                db[o] += dy[pixel * outputs + o]
            }
            for tap in 0..<9 {
                let (i, j) = (row + tap / 3 - sizes.top, column + tap % 3 - sizes.left)
                guard i >= 0, j >= 0, i < sizes.height, j < sizes.width else { continue }
                for k in 0..<channels {
                    let (from, line) = ((i * sizes.width + j) * channels + k, (tap * channels + k) * outputs)
                    for o in 0..<outputs {
                        y[pixel * outputs + o] += x[from] * weight[line + o]
                        dx[from] += dy[pixel * outputs + o] * weight[line + o]
                        dw[line + o] += dy[pixel * outputs + o] * x[from]
                    }
                }
            }
        }
        return y.map { max($0, 0) } + dx + dw + db
    }

    /// A picture's result and all gradients, one after the other.
    private static func run(_ sizes: inout attar_conv, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed, stream: "kernels")
        func random(_ count: Int) -> [Float] { (0..<count).map { _ in generator.normal() } }
        let input = sizes.height * sizes.width * sizes.channels
        let output = sizes.out_height * sizes.out_width * sizes.outputs
        let weightCount = sizes.kernel_height * sizes.kernel_width * sizes.channels / sizes.groups * sizes.outputs
        let (x, weight, bias, dy) = (random(input), random(weightCount), random(sizes.outputs), random(output))
        var packed = [Float](repeating: 0, count: attar_conv_packed_count(&sizes))
        var turned = [Float](repeating: 0, count: attar_conv_packed_gradient_count(&sizes))
        var scratch = [Float](repeating: .nan, count: attar_conv_scratch_count(&sizes))
        var sums = [Float](repeating: 0, count: attar_conv_sums_count(&sizes))
        var (y, dx) = ([Float](repeating: .nan, count: output), [Float](repeating: .nan, count: input))
        var (dw, db) = ([Float](repeating: .nan, count: weightCount), [Float](repeating: .nan, count: sizes.outputs))
        attar_conv_pack(&sizes, weight, &packed)
        attar_conv_pack_gradient(&sizes, weight, &turned)
        attar_conv_forward(&sizes, x, packed, bias, true, &y, &scratch)
        attar_conv_input_gradient(&sizes, dy, turned, &dx, &scratch)
        attar_conv_weight_gradient(&sizes, x, dy, &sums, &scratch)
        attar_conv_collect(&sizes, sums, 1, &dw, &db)
        return y + dx + dw + db
    }

    @Test(arguments: [(40, 17), (8, 31), (16, 13)])
    func `Wide layers, whose tiles overlap and have rests, follow the definition`(outputs: Int, width: Int) throws {
        let picture = Reference.Picture(height: 2, width: width, channels: 5)
        var probe = OperationProbe(
            Conv2D(outputs), shapes: [.rows(2, width, 5), .fixed(3, 3, 5, outputs), .fixed(outputs)], rows: 1, seed: 1)
        let windows = Reference.windows(
            picture, kernel: Extent(3), stride: Extent(1), dilation: Extent(1), padding: (Extent(1), Extent(1)))
        try probe.check {
            Reference.convolution($0[0], $0[1], $0[2], picture, outputs: outputs, groups: 1, windows: windows)
        }
    }

    @Test func `Several threads give the same results, and gradients up to the order of the sums`() throws {
        // Enough multiplications that each picture is worth a thread.
        let shapes: [Shape] = [.rows(12, 12, 16), .fixed(3, 3, 16, 24), .fixed(24)]
        var outcomes: [OperationProbe.Outcome] = []
        for count in [1, 2, 3, 3] {
            var probe = OperationProbe(Conv2D(24), shapes: shapes, rows: 7, seed: 5)
            probe.workers = Workers(count: count)
            let inputs = shapes.map { shape in (0..<probe.size(shape)).map { _ in probe.generator.normal() } }
            outcomes.append(try probe.run(inputs))
        }
        for outcome in outcomes { #expect(outcome.result == outcomes[0].result) }
        #expect(outcomes[2].gradients == outcomes[3].gradients)
        for (alone, shared) in zip(outcomes[0].gradients, outcomes[1].gradients) {
            for (left, right) in zip(alone, shared) { #expect(abs(left - right) <= 1e-4 * max(1, abs(left))) }
        }
    }

    @Test(arguments: ActivationFunction.allCases)
    func `An activation becomes part of the convolution before it`(function: ActivationFunction) throws {
        var graph = Graph()
        let x = graph.input("x", shape: .rows(4, 5, 2))
        let convolved = try graph.append(Conv2D(3), named: "conv", to: x)
        _ = try graph.append(Activation(function), named: "activation", to: convolved)
        let parameters = ParameterBuffer(for: graph, withGradients: true)
        var generator = SeededGenerator(seed: 3)
        parameters.initialize(using: &generator)
        let fused = Plan(graph, capacity: 2, parameters: parameters, purpose: .training)
        // A tap keeps the two apart.
        graph.taps = [convolved]
        let apart = Plan(graph, capacity: 2, parameters: parameters, purpose: .training)
        var gradients: [[Float]] = []
        for plan in [fused, apart] {
            for index in 0..<80 { plan.input[index] = Float(index % 7) / 3 - 1 }
            plan.forward(rows: 2, noise: 0)
            let slope = try #require(plan.outputGradient)
            for index in 0..<120 { slope[index] = Float(index % 5) - 2 }
            for tap in plan.taps { tap.gradient?.update(repeating: 0, count: 120) }
            plan.backward(rows: 2, noise: 0)
            gradients.append(
                Array(UnsafeBufferPointer(start: parameters.gradients.start, count: parameters.learnedCount)))
        }
        for index in 0..<120 { #expect(abs(fused.output[index] - apart.output[index]) < 1e-6) }
        for (left, right) in zip(gradients[0], gradients[1]) { #expect(abs(left - right) < 1e-4) }
    }

    @Test func `What does not fit is refused when the graph is built, with both shapes`() throws {
        var graph = Graph()
        let picture = graph.input("x", shape: .rows(4, 4, 3))
        let error = #expect(throws: ShapeError.self) {
            _ = try graph.append(Conv2D(8, kernel: 7, padding: .none), named: "conv", to: picture)
        }
        #expect(
            error?.description
                == "convolution takes pictures at least as large as its 7×7 kernel, not (rows, 4, 4, 3) and (7, 7, 3, 8) and (8)"
        )
        let groups = #expect(throws: ShapeError.self) {
            _ = try graph.append(Conv2D(8, groups: 2), named: "groups", to: picture)
        }
        #expect(groups?.expected == "channels that 2 groups can share evenly")
        #expect(throws: ShapeError.self) { _ = try graph.append(Conv1D(8), named: "sequence", to: picture) }
    }
}
