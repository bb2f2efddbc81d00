import Attar
import Compute
import Testing

struct CNNDesignTests {
    /// The names of a design's tensors on pictures of 8 × 8 pixels.
    private func tensors(_ text: String) throws -> [String] {
        let design = try CNNDesign(Specification(text))
        var graph = Graph()
        let input = graph.input("features", shape: .rows(8, 8, 1))
        _ = try design.build(&graph, from: input, outputs: 2, isTraining: true)
        return graph.parameters.map { graph[$0].name }
    }

    @Test func `Separable convolutions, excitation and other activations are options`() throws {
        let plain = try tensors("cnn[4,8]")
        #expect(!plain.contains { $0.contains("depthwise") || $0.contains("excite") })
        let separable = try tensors("cnn[4,8,separable=true]")
        #expect(
            separable.contains("conv1.depthwise.convolution.weight") && !separable.contains { $0.contains("excite") })
        let both = try tensors("cnn[4,8,separable=true,excite=true]")
        #expect(both.contains("conv1.block.depthwise.convolution.weight"))
        #expect(both.contains("conv0.excite.weight") && both.contains("conv1.squeeze.weight"))
        let design = try CNNDesign(Specification("cnn[4,activation=hardSwish,excite=true]"))
        #expect(design.activation == .hardSwish && design.isExcited)
    }

    @Test(arguments: [
        "cnn[6,separable=true,excite=true]", "cnn[6,6,separable=true,activation=hardSwish,head=average]",
        "cnn[6,excite=true,activation=gelu,norm=none]", "cnn[6,activation=silu]",
    ])
    func `They learn pictures, and answer the same from their file`(text: String) throws {
        let rows = try SampleRows.clouds(90).asRead(by: "cnn")
        let options = "\(text.dropLast()),epochs=60,batch=16,learningRate=0.02]"
        // Pictures of 2 × 2 pixels can be halved once.
        let specification = try Specification(options)
        let model = try Family.cnn.estimator(specification)
            .fitted(to: rows, validation: nil, context: .labels(rows.task))
        #expect(rows.accuracy(of: model) > 0.9)
        let loaded = try Family.cnn.part.model(model.description, task: model.task, encoder: model.encoder)
        #expect(loaded.outputs(for: rows.features) == model.outputs(for: rows.features))
    }

    @Test func `A design of an earlier version, without the newer options, is read with their defaults`() throws {
        let json = try JSONValue(encoding: ["stages": [4, 8]])
        let design = try json.decoded(as: CNNDesign.self)
        #expect(design.stages == [4, 8] && design.activation == .relu && !design.isExcited)
    }

    @Test func `Separable convolutions without normalisation, and unknown activations, are refused`() {
        let separable = sentence { try NetworkEstimator<CNNDesign>(Specification("cnn[separable=true,norm=none]")) }
        #expect(separable.contains("cnn's separable convolutions are normalised over the batch, but norm is none"))
        let activation = sentence { try NetworkEstimator<CNNDesign>(Specification("cnn[activation=hardswish]")) }
        #expect(activation.contains("cnn has no activation 'hardswish'") && activation.contains("hardSwish"))
    }
}
