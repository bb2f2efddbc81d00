import Compute
import Testing

struct NormalizationTests {
    @Test(arguments: UInt64(1)...8)
    func `Batch normalisation and its gradients match the plain version`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, width) = (sizes.next(in: 4...20), sizes.next(in: 1...40))
        var probe = OperationProbe(
            BatchNormalization(), shapes: [.rows(width)] + [Shape](repeating: .fixed(width), count: 4), rows: rows,
            seed: seed, learnedInputs: 3)
        try probe.check(
            against: {
                Reference.batchNorm($0[0], scale: $0[1], offset: $0[2], rows: rows, epsilon: Double(Float(1e-5)))
            },
            gradientTolerance: 2e-3)
    }

    @Test(arguments: UInt64(1)...6)
    func `Pictures are normalised by channel, over the batch and all positions`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, height, width) = (sizes.next(in: 2...5), sizes.next(in: 1...7), sizes.next(in: 2...9))
        let channels = sizes.next(in: 1...70)
        var probe = OperationProbe(
            BatchNormalization(),
            shapes: [.rows(height, width, channels)] + [Shape](repeating: .fixed(channels), count: 4), rows: rows,
            seed: seed, learnedInputs: 3)
        try probe.check(
            against: {
                Reference.batchNorm(
                    $0[0], scale: $0[1], offset: $0[2], rows: rows * height * width, epsilon: Double(Float(1e-5)))
            },
            gradientTolerance: 2e-3)
    }

    @Test(arguments: 1...3)
    func `Statistics of large values with a small spread keep their digits, on any number of threads`(threads: Int)
        throws
    {
        let shapes: [Shape] = [.rows(64, 32)] + [Shape](repeating: .fixed(32), count: 4)
        var probe = OperationProbe(BatchNormalization(), shapes: shapes, rows: 64, seed: 2, learnedInputs: 3)
        probe.workers = Workers(count: threads)
        // The mean is 1000 times the deviation: a sum of squares in single precision would be all rounding.
        let x = (0..<64 * 64 * 32).map { _ in 1000 + probe.generator.normal() }
        let ones = [Float](repeating: 1, count: 32)
        let zeros = [Float](repeating: 0, count: 32)
        let result = try probe.run([x, ones, zeros, zeros, ones]).result
        let expected = Reference.batchNorm(
            x.map(Double.init), scale: ones.map(Double.init), offset: zeros.map(Double.init), rows: 64 * 64,
            epsilon: 1e-5)
        for (value, reference) in zip(result, expected) { #expect(abs(Double(value) - reference) < 2e-3) }
    }

    @Test func `When not training, batch normalisation uses the running statistics`() throws {
        var probe = OperationProbe(
            BatchNormalization(), shapes: [.rows(2)] + [Shape](repeating: .fixed(2), count: 4), rows: 2, seed: 1,
            learnedInputs: 3)
        let inputs: [[Float]] = [[1, 2, 3, 4], [2, 1], [0.5, 0], [1, 1], [4, 1]]
        let result = try probe.run(inputs, isTraining: false).result
        let expected: [Float] = [0.5, 1, 2.5, 3]  // (x − 1)/2·2 + 0.5 and (x − 1)/1·1 + 0
        for (value, reference) in zip(result, expected) { #expect(abs(value - reference) < 1e-4) }
    }

    @Test func `Running statistics move a tenth of the way to each batch's mean and unbiased variance`() throws {
        var graph = Graph()
        let x = graph.input("x", width: 1)
        _ = try graph.append(BatchNormalization(), named: "norm", to: x)
        let parameters = ParameterBuffer(for: graph, withGradients: true)
        var generator = SeededGenerator(seed: 1)
        parameters.initialize(using: &generator)
        let plan = Plan(graph, capacity: 2, parameters: parameters, purpose: .training)
        plan.input.update(from: [3, 7], count: 2)
        plan.forward(rows: 2, noise: 1)
        #expect(abs((parameters.weights["norm.mean"]?[0] ?? 0) - 0.5) < 1e-6)  // 0 + 0.1·(5 − 0)
        #expect(abs((parameters.weights["norm.variance"]?[0] ?? 0) - 1.7) < 1e-6)  // 1 + 0.1·(8 − 1)
    }

    @Test(arguments: UInt64(1)...8)
    func `Layer normalisation and its gradients match the plain version`(seed: UInt64) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, width) = (sizes.next(in: 1...9), sizes.next(in: 3...40))
        var probe = OperationProbe(
            LayerNormalization(), shapes: [.rows(width), .fixed(width), .fixed(width)], rows: rows, seed: seed)
        try probe.check(
            against: {
                Reference.layerNorm($0[0], scale: $0[1], offset: $0[2], rows: rows, epsilon: Double(Float(1e-5)))
            },
            gradientTolerance: 2e-3)
    }

    @Test(arguments: UInt64(1)...4, [true, false])
    func `Sequences are normalised position by position`(seed: UInt64, isLayer: Bool) throws {
        var sizes = RandomSizes(seed: seed)
        let (rows, length, width) = (sizes.next(in: 1...4), sizes.next(in: 1...5), sizes.next(in: 3...40))
        let operation: any Operation = isLayer ? LayerNormalization() : RMSNormalization()
        var probe = OperationProbe(
            operation, shapes: [.rows(length, width)] + [Shape](repeating: .fixed(width), count: isLayer ? 2 : 1),
            rows: rows, seed: seed)
        let epsilon = Double(Float(1e-5))
        try probe.check(
            against: {
                isLayer
                    ? Reference.layerNorm($0[0], scale: $0[1], offset: $0[2], rows: rows * length, epsilon: epsilon)
                    : Reference.rmsNorm($0[0], scale: $0[1], epsilon: epsilon)
            },
            gradientTolerance: 2e-3)
    }

    @Test(arguments: [true, false])
    func `Cut over threads, gradients are the same every time and almost those of one thread`(isLayer: Bool) throws {
        let operation: any Operation = isLayer ? LayerNormalization() : RMSNormalization()
        let shapes = [Shape.rows(70, 48)] + [Shape](repeating: .fixed(48), count: isLayer ? 2 : 1)
        var outcomes: [OperationProbe.Outcome] = []
        for threads in [1, 2, 2, 3] {
            var probe = OperationProbe(operation, shapes: shapes, rows: 20, seed: 1)
            probe.workers = Workers(count: threads)
            let inputs = shapes.map { shape in (0..<probe.size(shape)).map { _ in probe.generator.normal() } }
            outcomes.append(try probe.run(inputs))
        }
        #expect(outcomes[2].gradients == outcomes[1].gradients)
        for other in outcomes.dropFirst() {
            #expect(other.result == outcomes[0].result)
            for (gradient, reference) in zip(other.gradients, outcomes[0].gradients) {
                for (a, b) in zip(gradient, reference) { #expect(abs(a - b) <= 1e-3 * max(1, abs(b))) }
            }
        }
    }

    @Test func `A scale of another width is refused`() {
        #expect(throws: ShapeError.self) {
            try LayerNormalization().resultShape(of: [.rows(3, 4), .fixed(3), .fixed(3)])
        }
        let error = #expect(throws: ShapeError.self) {
            try RMSNormalization().resultShape(of: [.rows(3, 4), .fixed(3)])
        }
        #expect(error?.description == "RMS normalisation takes (rows, …, n) and (n), not (rows, 3, 4) and (3)")
    }
}
