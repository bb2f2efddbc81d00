package import Compute

/// How a network reads the features of a row.
package enum RowReading: Hashable, Sendable {
    /// All of them in one shape.
    case whole(Shape)
    /// Columns of several kinds, each in a branch of its own: the network's own layers read one of them, or where there is none the branches side by side.
    case joined(own: FeatureBlock?)
}

/// A row of several kinds, such as a text or a picture beside numbers: a branch each, joined before the head.
extension NetworkDesign {
    /// Numbers that a branch gives to what joins them.
    private static var branchWidth: Int { 32 }
    /// Numbers of a word in a branch that is a bag of words.
    private static var wordWidth: Int { 16 }

    /// How the network reads rows.
    ///
    /// A network that is for pictures or sequences takes the largest of those that a row has, and what stands beside it comes in before the output layer. One that reads
    /// any numbers reads texts that are ids through branches.
    /// - Throws: `AttarError` (`schemaMismatch`) where a row has nothing that it is for.
    package func reading(of encoder: FeatureEncoder) throws -> RowReading {
        if case .mixed = encoder.layout, Self.readsVectors { return .joined(own: nil) }
        if encoder.columns.count > 1, !Self.readsVectors {
            let own = encoder.blocks.filter { block in
                block.column.map { column in
                    (try? inputShape(for: FeatureEncoder(columns: [column], ignored: []))) != nil
                } ?? false
            }
            if let largest = own.max(by: { $0.range.count < $1.range.count }) { return .joined(own: largest) }
        }
        return .whole(try inputShape(for: encoder))
    }

    /// Adds the branches of a row of several kinds, what joins them, and the output layer, whose name it returns.
    func joined(
        _ graph: inout Graph, of encoder: FeatureEncoder, reading: RowReading, outputs: Int, isTraining: Bool
    ) throws(ShapeError) -> String {
        guard case .joined(let own) = reading else { preconditionFailure("rows are read in branches") }
        let row = graph.input("features", shape: .rows(encoder.width))
        let blocks = encoder.blocks
        var vectors: [Graph.Tensor] = []
        if let numbers = try Self.numbers(&graph, of: row, blocks) {
            vectors.append(own == nil ? numbers : try Self.dense(&graph, numbers, named: "joint.numbers"))
        }
        var result: Graph.Tensor?
        for (index, block) in blocks.enumerated() where block.column != nil {
            let part = try Self.part(&graph, of: row, block, named: "part\(index)")
            if block == own {
                let name = try build(&graph, from: part, outputs: Self.branchWidth, isTraining: isTraining)
                result = graph.tensor(named: name)
            } else {
                vectors.append(try Self.vector(&graph, of: part, named: "joint.part\(index)"))
            }
        }
        guard own != nil, let result else {
            let joint = try Self.side(&graph, by: vectors, named: "joint")
            return try build(&graph, from: joint, outputs: outputs, isTraining: isTraining)
        }
        vectors.append(try graph.append(Activation(.relu), named: "joint.own", to: result))
        let joint = try Self.side(&graph, by: vectors, named: "joint")
        let hidden = try Self.dense(&graph, joint, named: "joint.hidden")
        _ = try graph.append(Dense(outputs), named: "joint.output", to: hidden)
        return "joint.output"
    }

    /// The features that have no order, side by side; nil where there are none.
    private static func numbers(
        _ graph: inout Graph, of row: Graph.Tensor, _ blocks: [FeatureBlock]
    ) throws(ShapeError) -> Graph.Tensor? {
        var parts: [Graph.Tensor] = []
        for (index, block) in blocks.enumerated() where block.column == nil {
            parts.append(try part(&graph, of: row, block, named: "part\(index)"))
        }
        return parts.isEmpty ? nil : try side(&graph, by: parts, named: "numbers")
    }

    /// A block's features in the shape that they have.
    private static func part(
        _ graph: inout Graph, of row: Graph.Tensor, _ block: FeatureBlock, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let cut = Slice(dimension: 0, range: block.range)
        switch block.layout {
        case .tokens(_, let vocabulary): return try graph.apply(cut, to: [row], named: name, vocabulary: vocabulary)
        case .picture(let height, let width, let channels):
            let flat = try graph.append(cut, named: "\(name).flat", to: row)
            return try graph.append(Reshape(height, width, channels), named: name, to: flat)
        case .flat, .mixed: return try graph.append(cut, named: name, to: row)
        }
    }

    /// What another branch gives: the mean of a text's words, brought to the size of standardised numbers, or a layer over a picture.
    private static func vector(
        _ graph: inout Graph, of part: Graph.Tensor, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        guard let vocabulary = graph[part].vocabulary else {
            return try dense(&graph, try graph.append(Reshape.flat, named: "\(name).flat", to: part), named: name)
        }
        let bag = try graph.append(
            EmbeddingBag(vocabulary: vocabulary, width: wordWidth), named: "\(name).bag", to: part)
        return try graph.append(LayerNormalization(), named: name, to: bag)
    }

    private static func dense(
        _ graph: inout Graph, _ input: Graph.Tensor, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        let sums = try graph.append(Dense(branchWidth), named: name, to: input)
        return try graph.append(Activation(.relu), named: "\(name).activation", to: sums)
    }

    private static func side(
        _ graph: inout Graph, by tensors: [Graph.Tensor], named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        tensors.count == 1 ? tensors[0] : try graph.apply(Concatenate(), to: tensors, named: name)
    }
}
