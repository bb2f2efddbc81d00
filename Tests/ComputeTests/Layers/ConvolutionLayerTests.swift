import Compute
import Testing

struct ConvolutionLayerTests {
    private static func graph(_ layers: [any Layer], _ picture: Shape) throws -> Graph {
        var graph = Graph()
        var tensor = graph.input("picture", shape: picture)
        for (index, layer) in layers.enumerated() {
            tensor = try graph.append(layer, named: "layer\(index)", to: tensor)
        }
        return graph
    }

    private static func shape(_ layer: any Layer, _ picture: Shape) throws -> Shape? {
        let graph = try graph([layer], picture)
        return graph.tensor(named: "layer0").map { graph[$0].shape }
    }

    @Test func `Blocks give pictures of the expected size, under their own name`() throws {
        let picture = Shape.rows(7, 9, 4)
        #expect(try Self.shape(ConvolutionBlock(6), picture) == .rows(7, 9, 6))
        #expect(try Self.shape(ConvolutionBlock(6, stride: 2, activation: .identity), picture) == .rows(4, 5, 6))
        #expect(try Self.shape(ResidualConvolution(4), picture) == picture)
        #expect(try Self.shape(ResidualConvolution(8, stride: 2), picture) == .rows(4, 5, 8))
        #expect(try Self.shape(DepthwiseSeparable(5, stride: 2), picture) == .rows(4, 5, 5))
        #expect(try Self.shape(SqueezeAndExcite(), picture) == picture)
    }

    @Test func `A residual block has a learned shortcut only where the shape changes`() throws {
        func names(_ block: ResidualConvolution) throws -> [String] {
            let graph = try Self.graph([block], .rows(6, 6, 4))
            return graph.parameters.map { graph[$0].name }
        }
        #expect(try names(ResidualConvolution(4)).count == 6)
        for block in [ResidualConvolution(4, stride: 2), ResidualConvolution(5)] {
            #expect(try names(block).contains("layer0.shortcut.convolution.weight"))
        }
    }

    @Test func `A separable block has k²·channels + channels·outputs weights`() throws {
        let graph = try Self.graph([DepthwiseSeparable(10)], .rows(6, 6, 4))
        let weights = graph.parameters.filter { graph[$0].name.hasSuffix("weight") }
        #expect(weights.reduce(0) { $0 + graph[$1].shape.count } == 9 * 4 + 4 * 10)
    }

    @Test(arguments: UInt64(1)...4, [1, 2])
    func `Gradients of blocks are the slopes of their outputs`(seed: UInt64, threads: Int) throws {
        let blocks: [any Layer] = [
            ConvolutionBlock(8, activation: .silu), ResidualConvolution(8), ResidualConvolution(12, stride: 2),
            DepthwiseSeparable(9), SqueezeAndExcite(reduction: 3), GlobalAveragePooling(), Dense(3),
        ]
        let workers = Workers(count: threads)
        var probe = GraphProbe(try Self.graph(blocks, .rows(6, 7, 3)), rows: 5, seed: seed, workers: workers)
        probe.check()
    }

    @Test func `One network gives the same outputs on any number of threads, and almost the same gradients`() throws {
        let blocks: [any Layer] = [
            ConvolutionBlock(16), ResidualConvolution(16), ResidualConvolution(32, stride: 2), MaxPooling2D(2),
            Reshape.flat, Dense(4),
        ]
        let graph = try Self.graph(blocks, .rows(12, 12, 3))
        let direction = (0..<16 * 4).map { Float($0 % 7) - 3 }
        let alone = GraphProbe(graph, rows: 16, seed: 1)
        let expected = alone.gradient(along: direction)
        let size = expected.map(abs).max() ?? 0
        for threads in 2...3 {
            let probe = GraphProbe(graph, rows: 16, seed: 1, workers: Workers(count: threads))
            for (value, reference) in zip(probe.outputs(), alone.outputs()) {
                #expect(abs(value - reference) < 1e-4 * max(1, abs(reference)))
            }
            let gradient = probe.gradient(along: direction)
            for (value, reference) in zip(gradient, expected) { #expect(abs(value - reference) < 1e-4 * size) }
            #expect(probe.gradient(along: direction) == gradient)
        }
    }

    @Test(arguments: UInt64(1)...3)
    func `Folding makes normalisation part of the convolutions of a residual network`(seed: UInt64) throws {
        let blocks: [any Layer] = [
            ConvolutionBlock(8), ResidualConvolution(8), ResidualConvolution(12, stride: 2), DepthwiseSeparable(10),
            SqueezeAndExcite(), GlobalAveragePooling(), Dense(3),
        ]
        let graph = try Self.graph(blocks, .rows(8, 8, 3))
        let probe = GraphProbe(graph, rows: 8, seed: seed)
        // A few steps fill the running statistics.
        for _ in 0..<10 { _ = probe.outputs() }
        var weights = probe.parameters.weights
        var generator = SeededGenerator(seed: seed)
        for name in weights.keys.sorted() where name.hasSuffix("scale") || name.hasSuffix("offset") {
            weights[name] = weights[name]?.map { $0 + 0.3 * generator.normal() }
        }
        let network = Network(graph, weights: weights)
        let folded = network.folded()
        #expect(!folded.graph.nodes.contains { $0.operation is BatchNormalization })
        let pictures = Matrix(rows: 9, columns: 192, elements: (0..<9 * 192).map { _ in generator.normal() })
        let (answers, expected) = (folded.outputs(for: pictures).elements, network.outputs(for: pictures).elements)
        for (value, reference) in zip(answers, expected) {
            #expect(abs(value - reference) < 1e-5 * max(1, abs(reference)))
        }
    }

    @Test
    func `Folding leaves normalisation that follows dropout alone where the dropped values have another reader`() throws
    {
        var graph = Graph()
        let input = graph.input("x", width: 3)
        let dense = try graph.append(Dense(4), named: "dense", to: input)
        let dropped = try graph.append(Dropout(0.5), named: "dropout", to: dense)
        let normal = try graph.append(BatchNormalization(), named: "norm", to: dropped)
        _ = try graph.apply(Add(), to: [normal, dropped], named: "sum")
        let probe = GraphProbe(graph, rows: 8, seed: 1)
        for _ in 0..<10 { _ = probe.outputs() }
        let network = Network(graph, weights: probe.parameters.weights)
        let rows = Matrix(rows: 1, columns: 3, elements: [0.3, -1, 2])
        let (answers, expected) = (network.folded().outputs(for: rows), network.outputs(for: rows))
        for (value, reference) in zip(answers.elements, expected.elements) { #expect(abs(value - reference) < 1e-5) }
    }
}
