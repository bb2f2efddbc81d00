internal import Compute

extension FeatureEncoder {
    /// The shape of a picture in a network's terms.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where rows are no pictures.
    func pictureShape(for name: String) throws -> Shape {
        guard case .picture(let height, let width, let channels) = layout else {
            let found = columns.count == 1 ? "one column" : "\(columns.count) separate columns"
            throw AttarError(
                .schemaMismatch, "\(name) takes pictures, but a row here has \(found)",
                remedy: """
                    Use mlp, or give the pictures as a folder of classes or as one array of (rows, height, width) or (rows, height, \
                    width, channels) in an .npz file
                    """)
        }
        return .rows(height, width, channels)
    }

    /// The shape of a sequence of token ids in a network's terms.
    ///
    /// - Parameters:
    ///   - name: the network's, for messages.
    ///   - width: numbers that the network keeps for each token.
    /// - Throws: `AttarError`: `schemaMismatch` where rows are no sequences of tokens, `invalidSetting` where the table of all tokens would not fit into
    ///   memory.
    func sequenceShape(for name: String, width: Int) throws -> Shape {
        guard case .tokens(let length, let vocabulary) = layout else {
            throw AttarError(
                .schemaMismatch, "\(name) takes sequences of token ids, but a row here \(foundInsteadOfTokens)",
                remedy: """
                    Give the ids as one array called tokens, (rows, length), in an .npz file, next to nothing but the target: whole numbers \
                    from 1, and 0 after the end of a shorter sequence
                    """)
        }
        // A quarter of a milliard numbers are a gigabyte, and training keeps four of each.
        guard vocabulary * width <= 1 << 28 else {
            throw AttarError(
                .invalidSetting,
                "\(name) would keep \(width) numbers for each of \(vocabulary) tokens, since the greatest token id is \(vocabulary - 2)",
                remedy: "Number the tokens that occur from 1 without gaps, or give a smaller width")
        }
        return .rows(length)
    }

    /// What a row has, for networks that take tokens.
    private var foundInsteadOfTokens: String {
        if let column = columns.first(where: { Self.tokenNames.contains($0.name) && $0.kind == .tensor }) {
            return columns.count > 1
                ? "has \(columns.count - 1) other columns beside '\(column.name)'"
                : "has numbers in '\(column.name)' that are no whole numbers from 0"
        }
        if case .picture = layout { return "is \(layout)" }
        return columns.count == 1 ? "has one column, '\(columns[0].name)'" : "has \(columns.count) separate columns"
    }
}

extension Graph {
    /// Adds the features of a row as a network of the given input shape reads them.
    mutating func input(of encoder: FeatureEncoder, shape: Shape) -> Tensor {
        if case .tokens(let length, let vocabulary) = encoder.layout, shape == .rows(length) {
            return input("features", tokens: length, vocabulary: vocabulary)
        }
        return input("features", shape: shape)
    }
}
