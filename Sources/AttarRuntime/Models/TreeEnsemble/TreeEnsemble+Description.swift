/// Storage: five or six bytes a node. The shape of the trees follows from the order of their nodes, so only features and numbers are kept.
extension TreeEnsemble {
    /// The tensors of the trees: `trees.values` (nodes), `trees.features` (nodes, packed), `trees.outputs` (trees) and
    /// `trees.bases` (outputs).
    ///
    /// A packed feature is its index plus 1, 0 for a leaf, in 8, 16 or 32 bits as the number of features needs, the first in
    /// the lowest bits of the first word.
    package var tensors: [String: Tensor] {
        let nodes = breadthFirstNodes()
        let bits = Self.bits(for: width)
        var words = [Int32](repeating: 0, count: Self.wordCount(nodes.features.count, bits: bits))
        let perWord = 32 / bits
        for (index, feature) in nodes.features.enumerated() {
            words[index / perWord] |= Int32(truncatingIfNeeded: (feature + 1) << (index % perWord * bits))
        }
        return [
            "trees.values": Tensor(nodes.values, shape: [nodes.values.count]),
            "trees.features": Tensor(words, shape: [words.count]),
            "trees.outputs": Tensor(treeOutputs, shape: [treeCount]),
            "trees.bases": Tensor(baseScores, shape: [outputs]),
        ]
    }

    /// The trees that a description's tensors hold.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing, has another shape, or indexes out of range.
    package init(_ description: ModelDescription, width: Int, outputs: Int) throws {
        let values = try description.floats("trees.values", shape: [nil])
        let bits = Self.bits(for: width)
        let words = try description.integers(
            "trees.features", shape: [Self.wordCount(values.count, bits: bits)])
        let perWord = 32 / bits
        let mask: UInt32 = bits == 32 ? .max : (1 << UInt32(bits)) - 1
        let features = values.indices.map { index -> Int32 in
            let code = UInt32(bitPattern: words[index / perWord]) >> UInt32(index % perWord * bits) & mask
            return Int32(bitPattern: code &- 1)
        }
        try self.init(
            width: width, baseScores: try description.floats("trees.bases", shape: [outputs]),
            treeOutputs: try description.integers("trees.outputs", shape: [nil]), features: features, values: values)
    }

    /// Bits of a packed feature: the fewest of 8, 16 and 32 that hold every index and the leaf's mark.
    private static func bits(for width: Int) -> Int {
        width <= 0xff ? 8 : width <= 0xffff ? 16 : 32
    }

    private static func wordCount(_ nodes: Int, bits: Int) -> Int {
        (nodes * bits + 31) / 32
    }
}
