import Compute
import Testing

struct TransformerLayerTests {
    private static func settings(
        norm: TransformerSettings.Norm = .layer, isPreNorm: Bool = true, rotaryBase: Float? = nil
    ) -> TransformerSettings {
        var settings = TransformerSettings(heads: 2, inner: 12)
        (settings.norm, settings.isPreNorm, settings.rotaryBase) = (norm, isPreNorm, rotaryBase)
        return settings
    }

    /// A graph of one layer over a sequence of 6 vectors of 8 numbers.
    private static func graph(_ layers: any Layer...) throws -> Graph {
        var graph = Graph()
        var tensor = graph.input("sequence", shape: .rows(6, 8))
        for (index, layer) in layers.enumerated() {
            tensor = try graph.append(layer, named: "layer\(index)", to: tensor)
        }
        return graph
    }

    @Test(
        arguments: TransformerSettings.Norm.allCases,
        [true, false])
    func `Gradients of blocks are the slopes of their outputs`(norm: TransformerSettings.Norm, isPreNorm: Bool) throws {
        for (threads, rotaryBase) in [(1, nil), (2, Float(100))] {
            let settings = Self.settings(norm: norm, isPreNorm: isPreNorm, rotaryBase: rotaryBase)
            let graph = try Self.graph(
                PositionEmbedding(), TransformerEncoderBlock(settings), TransformerDecoderBlock(settings), Dense(3))
            var probe = GraphProbe(graph, rows: 3, seed: 2, workers: Workers(count: threads))
            probe.check()
        }
    }

    @Test func `A decoder reads an encoder's result of another length and width, without its padding`() throws {
        var graph = Graph()
        let ids = graph.input("ids", shape: .rows(5))
        let memory = try graph.append(Embedding(vocabulary: 9, width: 6), named: "memory", to: ids)
        let encoded = try graph.append(
            TransformerEncoderBlock(Self.settings(), padding: ids), named: "encoder", to: memory)
        let start = try graph.append(Embedding(vocabulary: 9, width: 8, pads: false), named: "start", to: ids)
        let decoder = TransformerDecoderBlock(Self.settings(), memory: encoded, memoryPadding: ids)
        let decoded = try graph.append(decoder, named: "decoder", to: start)
        #expect(graph[decoded].shape == .rows(5, 8))
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        var generator = SeededGenerator(seed: 1)
        parameters.initialize(using: &generator)
        var weights = parameters.weights
        let network = Network(graph, weights: weights)
        // The padding's vector in the memory is 0 whatever its weight is, and is not seen.
        weights["memory.weight"]?.replaceSubrange(0..<6, with: [Float](repeating: 100, count: 6))
        let rows = Matrix(rows: 1, columns: 5, elements: [3, 2, 7, 0, 0])
        let answers = network.outputs(for: rows).elements
        #expect(Network(graph, weights: weights).outputs(for: rows).elements == answers)
        let other = Matrix(rows: 1, columns: 5, elements: [3, 2, 4, 0, 0])
        // What changes is the encoder's third position, which the decoder's first sees.
        #expect(network.outputs(for: other).elements[0] != answers[0])
    }

    @Test func `A causal block's answer at a position does not depend on later ones; an encoder's does`() throws {
        for isCausal in [true, false] {
            let block: any Layer =
                isCausal ? TransformerDecoderBlock(Self.settings()) : TransformerEncoderBlock(Self.settings())
            let graph = try Self.graph(block)
            let parameters = ParameterBuffer(for: graph, withGradients: false)
            var generator = SeededGenerator(seed: 1)
            parameters.initialize(using: &generator)
            let network = Network(graph, weights: parameters.weights)
            var rows = Matrix(rows: 1, columns: 48, elements: (0..<48).map { _ in generator.normal() })
            let before = network.outputs(for: rows).elements
            for column in 24..<48 { rows[0, column] += 1 + generator.uniform() }
            let after = network.outputs(for: rows).elements
            #expect((before[..<24] == after[..<24]) == isCausal)
            #expect(before[24...] != after[24...])
        }
    }

    @Test func `Padding has no effect on the other positions`() throws {
        var graph = Graph()
        let ids = graph.input("ids", shape: .rows(4))
        let vectors = try graph.append(Embedding(vocabulary: 9, width: 8), named: "tokens", to: ids)
        let placed = try graph.append(PositionEmbedding(bound: 1), named: "positions", to: vectors)
        let encoded = try graph.append(
            TransformerEncoderBlock(Self.settings(), padding: ids), named: "block", to: placed)
        _ = try graph.apply(SequenceMean(), to: [encoded, ids], named: "mean")
        let parameters = ParameterBuffer(for: graph, withGradients: false)
        var generator = SeededGenerator(seed: 1)
        parameters.initialize(using: &generator)
        var weights = parameters.weights
        let rows = Matrix(rows: 1, columns: 4, elements: [3, 2, 0, 0])
        let answers = Network(graph, weights: weights).outputs(for: rows).elements
        let positions = try #require(weights["positions.weight"])
        weights["positions.weight"] = positions[..<16] + positions[16...].map { $0 + 1 }
        #expect(Network(graph, weights: weights).outputs(for: rows).elements == answers)
    }

    @Test func `What does not fit is refused when the graph is built`() throws {
        var graph = Graph()
        let flat = graph.input("flat", width: 8)
        let odd = graph.input("odd", shape: .rows(6, 9))
        let even = graph.input("even", shape: .rows(6, 8))
        for (tensor, name) in [(flat, "flat"), (odd, "odd")] {
            let error = #expect(throws: ShapeError.self) {
                try graph.append(TransformerEncoderBlock(Self.settings()), named: "block.\(name)", to: tensor)
            }
            #expect(error?.operation == "multi-head attention")
        }
        #expect(throws: ShapeError.self) {
            try graph.append(SelfAttention(heads: 2, padding: odd), named: "padded", to: even)
        }
        let cross = CrossAttention(heads: 2, to: flat)
        let error = #expect(throws: ShapeError.self) { try graph.append(cross, named: "cross", to: even) }
        #expect(error?.shapes == [.rows(6, 8), .rows(8)])
    }
}
