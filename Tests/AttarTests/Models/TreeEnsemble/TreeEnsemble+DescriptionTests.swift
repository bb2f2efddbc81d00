import Attar
import Compute
import Testing

struct TreeEnsembleDescriptionTests {
    /// The features of nodes, packed into integers.
    private static func words(_ tensors: [String: Attar.Tensor]) throws -> [Int32] {
        guard case .int32(let words) = try #require(tensors["trees.features"]).storage else {
            throw AttarError(.malformedArtifact, "features are no integers")
        }
        return words
    }

    @Test(arguments: [1, 4, 255, 256, 65535, 65536])
    func `Trees come back from their tensors to the bit`(width: Int) throws {
        let trees = try random(trees: 5, width: width, outputs: 2, depth: 5)
        let loaded = try TreeEnsemble(
            ModelDescription(family: "forest", tensors: trees.tensors), width: width, outputs: 2)
        #expect(loaded.breadthFirstNodes().features == trees.breadthFirstNodes().features)
        #expect(loaded.breadthFirstNodes().values == trees.breadthFirstNodes().values)
        #expect(loaded.tensors == trees.tensors)
    }

    @Test func `A node takes five bytes with up to 255 features`() throws {
        let trees = try random(trees: 40, width: 255, outputs: 1, depth: 6)
        #expect(try Self.words(trees.tensors).count == (trees.nodeCount + 3) / 4)
    }

    @Test func `A tensor that is missing, of another shape or out of range is refused`() throws {
        let whole = try random(trees: 3, width: 3, outputs: 1, depth: 3).tensors
        func refuses(_ name: String, _ tensor: Tensor?) {
            var tensors = whole
            tensors[name] = tensor
            let error = #expect(throws: AttarError.self) {
                try TreeEnsemble(ModelDescription(family: "forest", tensors: tensors), width: 3, outputs: 1)
            }
            #expect(error?.code == .malformedArtifact)
        }
        for name in whole.keys { refuses(name, nil) }
        refuses("trees.features", Tensor([Int32](repeating: -1, count: 1), shape: [1]))
        refuses("trees.outputs", Tensor([0, 0, 1] as [Int32], shape: [3]))
        refuses("trees.bases", Tensor([0, 0] as [Float], shape: [2]))
        var words = try Self.words(whole)
        words[0] |= 0x7f
        refuses("trees.features", Tensor(words, shape: [words.count]))
    }
}
