import CAllocationCounter
import Compute
import Testing

struct NetworkQuantizationTests {
    /// A network with random weights, and rows for it.
    private static func sample(
        _ shape: Shape, _ build: (inout Graph, Graph.Tensor) throws -> Void, rows: Int = 300
    ) rethrows -> (network: Network, rows: Matrix) {
        var graph = Graph()
        let input = graph.input("x", shape: shape)
        try build(&graph, input)
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        var generator = SeededGenerator(seed: 1, stream: "quantised")
        parameters.initialize(using: &generator)
        var weights = parameters.weights
        // Biases that are not 0, so that they are seen.
        for name in weights.keys.sorted() where name.hasSuffix("bias") {
            weights[name] = weights[name]?.map { _ in generator.normal() }
        }
        let elements = (0..<rows * shape.count).map { _ in generator.normal() }
        return (Network(graph, weights: weights), Matrix(rows: rows, columns: shape.count, elements: elements))
    }

    private static func dense() throws -> (network: Network, rows: Matrix) {
        try sample(.rows(13)) { graph, input in
            var x = try graph.append(Dense(20), named: "first", to: input)
            x = try graph.append(Activation(.relu), named: "relu", to: x)
            x = try graph.append(Dense(9), named: "second", to: x)
            x = try graph.append(Activation(.tanh), named: "tanh", to: x)
            x = try graph.append(Dense(3), named: "third", to: x)
            _ = try graph.append(Softmax(), named: "softmax", to: x)
        }
    }

    /// With padding, pooling, groups, a shortcut and a mean.
    private static func residual() throws -> (network: Network, rows: Matrix) {
        try sample(.rows(9, 7, 3)) { graph, input in
            var x = try graph.append(ConvolutionBlock(8), named: "block", to: input)
            x = try graph.append(MaxPooling2D(2), named: "pool", to: x)
            let first = try graph.append(Conv2D(8, groups: 2), named: "first", to: x)
            var y = try graph.append(Activation(.relu), named: "relu", to: first)
            y = try graph.append(Conv2D(8), named: "second", to: y)
            x = try graph.apply(Add(), to: [x, y], named: "sum")
            x = try graph.append(Activation(.relu), named: "joined", to: x)
            x = try graph.append(AveragePooling2D(Extent(2), stride: Extent(1)), named: "average", to: x)
            x = try graph.append(Conv2D(8, groups: 8, hasBias: false), named: "depthwise", to: x)
            x = try graph.append(GlobalAveragePooling(), named: "mean", to: x)
            _ = try graph.append(Dense(4), named: "output", to: x)
        }
    }

    /// 1 − Σ(a − b)²/Σ(b − mean)², each column by itself.
    private static func determination(_ a: Matrix, _ b: Matrix) -> Double {
        var (residual, total) = (0.0, 0.0)
        for column in 0..<b.columns {
            let mean = (0..<b.rows).reduce(0.0) { $0 + Double(b[$1, column]) } / Double(b.rows)
            for row in 0..<b.rows {
                residual +=
                    (Double(a[row, column]) - Double(b[row, column]))
                    * (Double(a[row, column]) - Double(b[row, column]))
                total += (Double(b[row, column]) - mean) * (Double(b[row, column]) - mean)
            }
        }
        return 1 - residual / total
    }

    private static func names(_ network: Network) -> [String] { network.graph.nodes.map(\.operation.name) }

    @Test(arguments: [RangeRule.extremes, .quantiles(share: 0.0001), .leastSquares])
    func `The network in bytes answers as the one in floats does, but for rounding`(rule: RangeRule) throws {
        for (network, rows) in [try Self.dense(), try Self.residual()] {
            let quantized = network.quantized(calibration: rows, rule: rule)
            let (own, other) = (quantized.outputs(for: rows), network.outputs(for: rows))
            // Rows of noise hardly differ after a mean over all positions, so that rounding is a few hundredths of what they differ by.
            #expect(Self.determination(own, other) > 0.95)
            // Rounding there is: bytes are used at all.
            #expect(own != other)
        }
    }

    @Test
    func `Results stay bytes from layer to layer; what has no version in bytes is surrounded by conversions`() throws {
        let (dense, rows) = try Self.dense()
        let layers = dense.quantized(calibration: rows)
        #expect(
            Self.names(layers) == [
                "quantise", "dense in bytes", "dense in bytes", "quantise", "dense in bytes", "softmax",
            ])
        let (residual, pictures) = try Self.residual()
        #expect(
            Self.names(residual.quantized(calibration: pictures)) == [
                "quantise", "convolution in bytes", "max pooling in bytes", "convolution in bytes",
                "convolution in bytes", "add in bytes", "average pooling in bytes", "convolution in bytes",
                "average pooling in bytes", "dense in bytes",
            ])
    }

    @Test func `A result that is read in floats, too, is converted, and taps stay floats`() throws {
        func build(_ graph: inout Graph, _ input: Graph.Tensor) throws {
            let x = try graph.append(Dense(6), named: "first", to: input)
            let y = try graph.append(Dense(6), named: "second", to: x)
            _ = try graph.apply(Add(), to: [x, y], named: "sum")
        }
        var (network, rows) = try Self.sample(.rows(5), build)
        let quantized = network.quantized(calibration: rows)
        #expect(Self.names(quantized) == ["quantise", "dense in bytes", "quantise", "dense in bytes", "add"])
        #expect(Self.determination(quantized.outputs(for: rows), network.outputs(for: rows)) > 0.999)
        var graph = network.graph
        graph.taps = [try #require(graph.tensor(named: "second"))]
        network = Network(graph, weights: network.weights)
        let tapped = network.quantized(calibration: rows).graph
        #expect(tapped.taps.map { tapped[$0].name } == ["second"])
        #expect(tapped[tapped.taps[0]].type == .float32)
    }

    @Test func `Hidden tensors that are in bytes are read as the numbers that they stand for`() throws {
        for (network, rows) in [try Self.dense(), try Self.residual()] {
            var (floats, bytes) = (network.folded().graph.fused(), network.quantized(calibration: rows).graph)
            let names = floats.nodes.map { floats[$0.result].name }.filter { floats.tensor(named: $0) != floats.output }
            floats.taps = names.compactMap(floats.tensor)
            bytes.taps = names.compactMap(bytes.tensor)
            let expected = Network(floats, weights: network.folded().weights).taps(for: rows)
            let weights = network.quantized(calibration: rows).weights
            for (own, other) in zip(Network(bytes, weights: weights).taps(for: rows), expected) {
                #expect(own.columns == other.columns && Self.determination(own, other) > 0.98)
            }
            #expect(expected.count == names.count && bytes.taps.contains { bytes[$0].type == .uint8 })
        }
    }

    @Test func `A sum of too many products stays in floats`() throws {
        let (network, rows) = try Self.sample(
            .rows(33_001), { _ = try $0.append(Dense(2), named: "long", to: $1) }, rows: 2)
        #expect(Self.names(network.quantized(calibration: rows)) == ["dense"])
    }

    @Test func `Rows alone, in a batch and over threads have the same answers to the bit`() throws {
        for (network, rows) in [try Self.dense(), try Self.residual()] {
            let quantized = network.quantized(calibration: rows)
            let whole = quantized.outputs(for: rows)
            let parameters = ParameterBuffer(for: quantized.graph, withGradients: false)
            parameters.weights = quantized.weights
            let plan = Plan(
                quantized.graph, capacity: rows.rows, parameters: parameters, purpose: .inference,
                workers: Workers(count: 3))
            plan.forward(rows: rows.rows, of: rows.elements)
            for row in 0..<rows.rows {
                #expect((0..<whole.columns).map { plan.output[row * whole.columns + $0] } == Array(whole.row(row)))
            }
            let alone = Matrix(rows: 1, columns: rows.columns, elements: Array(rows.row(77)))
            #expect(quantized.outputs(for: alone).elements == Array(whole.row(77)))
        }
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0))
    func `A warmed-up session in bytes predicts without allocating`() throws {
        for (network, rows) in [try Self.dense(), try Self.residual()] {
            let session = InferenceSession(network.quantized(calibration: rows))
            let features = Array(rows.row(0))
            var outputs = [Float](repeating: 0, count: session.outputWidth)
            func predict() {
                var span = outputs.mutableSpan
                session.run(features.span, into: &span)
            }
            predict()
            attar_start_counting_allocations()
            for _ in 0..<10 { predict() }
            #expect(attar_stop_counting_allocations() == 0)
        }
    }

    @Test func `The form follows from the graph, and finds numbers that cannot be`() throws {
        for (network, rows) in [try Self.dense(), try Self.residual()] {
            let quantized = network.quantized(calibration: rows)
            let form = QuantizedForm(of: network.graph)
            #expect(form.graph.entries.map(\.name) == quantized.graph.entries.map(\.name))
            #expect(form.graph.entries.map(\.shape) == quantized.graph.entries.map(\.shape))
            #expect(form.graph.entries.map(\.type) == quantized.graph.entries.map(\.type))
            #expect(Set(form.graph.parameters.map { form.graph[$0].name }) == Set(quantized.weights.keys))
            #expect(form.firstFault(in: quantized.weights) == nil)
            for tensor in form.graph.parameters where form.graph[tensor].type == .int8 {
                let name = form.graph[tensor].name
                for (place, value) in [
                    (name, Float(128)), (name, 0.5), ("\(name).scale", 0), ("\(name).scale", .infinity),
                ] {
                    var weights = quantized.weights
                    weights[place]?[0] = value
                    #expect(form.firstFault(in: weights) == place)
                }
            }
            for (index, value) in [(0, Float(0)), (0, .nan), (1, -1), (1, 256), (1, 1.5)] {
                var weights = quantized.weights
                weights["x.quantization"]?[index] = value
                #expect(form.firstFault(in: weights) == "x.quantization")
            }
        }
    }
}
