/// How the features of a row lie: what a network may know about its inputs beyond their number. Channels come last.
public enum FeatureLayout: Hashable, Sendable {
    /// Numbers without an order, as in a table.
    case flat(width: Int)
    /// One picture, row by row, each pixel's channels side by side.
    case picture(height: Int, width: Int, channels: Int)
    /// One sequence of token ids below `vocabulary`: 0 is the padding, `vocabulary` − 1 stands for all ids that training never saw.
    case tokens(length: Int, vocabulary: Int)
    /// Ids of words or tokens beside other features, so many in all: see `FeatureEncoder.blocks`.
    case mixed(width: Int)

    /// The lengths of a row's dimensions, as a network's input has them: `[width]`, `[height, width, channels]` or `[length]`.
    public var dimensions: [Int] {
        switch self {
        case .flat(let width), .mixed(let width): [width]
        case .picture(let height, let width, let channels): [height, width, channels]
        case .tokens(let length, _): [length]
        }
    }

    /// Number of features in a row.
    public var count: Int { dimensions.reduce(1, *) }
}

extension FeatureLayout: CustomStringConvertible {
    /// For example "64 features", "a 28 × 28 × 1 picture" or "a sequence of 32 tokens".
    public var description: String {
        switch self {
        case .flat(let width): "\(width) features"
        case .picture(let height, let width, let channels): "a \(height) × \(width) × \(channels) picture"
        case .tokens(let length, _): "a sequence of \(length) tokens"
        case .mixed(let width): "\(width) features, ids of words among them"
        }
    }
}

extension FeatureEncoder {
    /// How the features lie: a picture or a sequence where it is all that a row has, mixed where texts are ids beside other columns, else flat.
    ///
    /// A tensor column of shape (h, w) is a picture of one channel, one of (h, w, c) a picture of c channels.
    public var layout: FeatureLayout {
        if columns.count == 1 { return columns[0].layout }
        return columns.contains(where: \.holdsTextIDs) ? .mixed(width: width) : .flat(width: width)
    }

    /// The features column by column, in their order, neighbouring ones that are flat as one.
    package var blocks: [FeatureBlock] {
        var blocks: [FeatureBlock] = []
        var start = 0
        for column in columns {
            let range = start..<start + column.width
            start = range.upperBound
            if case .flat = column.layout {
                if let last = blocks.last, case .flat = last.layout {
                    let joined = last.range.lowerBound..<range.upperBound
                    blocks[blocks.count - 1] = FeatureBlock(range: joined, layout: .flat(width: joined.count))
                } else {
                    blocks.append(FeatureBlock(range: range, layout: .flat(width: range.count)))
                }
            } else {
                blocks.append(FeatureBlock(range: range, layout: column.layout, column: column))
            }
        }
        return blocks
    }

    /// Of one picture a row: the feature that a value of 0, black, becomes in each channel. Empty for other layouts.
    public var black: [Float] {
        guard case .picture = layout else { return [] }
        return zip(columns[0].means, columns[0].deviations).map { max(-Self.limit, min(Self.limit, -$0 / $1)) }
    }
}

/// Some neighbouring features of a row that lie in one way.
package struct FeatureBlock: Hashable, Sendable {
    /// Which of the row's features.
    package let range: Range<Int>
    /// How they lie.
    package let layout: FeatureLayout
    /// The column that they come from; nil where they are flat, and may come from several.
    package let column: EncodedColumn?

    init(range: Range<Int>, layout: FeatureLayout, column: EncodedColumn? = nil) {
        (self.range, self.layout, self.column) = (range, layout, column)
    }
}

extension FeatureEncoder {
    /// Whether rows are sequences or bags of tokens.
    package var readsTokens: Bool { if case .tokens = layout { true } else { false } }

    /// Whether rows have ids of words or tokens, alone or beside other features.
    package var holdsIDs: Bool { if case .mixed = layout { true } else { readsTokens } }
}

extension EncodedColumn {
    /// Whether the column is of texts that become ids, which are no numbers.
    package var holdsTextIDs: Bool { kind == .text && vocabulary > 0 }

    /// How the column's features lie by themselves.
    package var layout: FeatureLayout {
        guard kind == .tensor || kind == .text else { return .flat(width: width) }
        return switch shape.count {
        case 1 where vocabulary > 0: .tokens(length: shape[0], vocabulary: vocabulary)
        case 2: .picture(height: shape[0], width: shape[1], channels: 1)
        case 3: .picture(height: shape[0], width: shape[1], channels: shape[2])
        default: .flat(width: width)
        }
    }
}
