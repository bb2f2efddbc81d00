/// How the features of a row lie: what a network may know about its inputs beyond their number. Channels come last.
public enum FeatureLayout: Hashable, Sendable {
    /// Numbers without an order, as in a table.
    case flat(width: Int)
    /// One picture, row by row, each pixel's channels side by side.
    case picture(height: Int, width: Int, channels: Int)
    /// One sequence of token ids below `vocabulary`: 0 is the padding, `vocabulary` − 1 stands for all ids that training never saw.
    case tokens(length: Int, vocabulary: Int)

    /// The lengths of a row's dimensions, as a network's input has them: `[width]`, `[height, width, channels]` or `[length]`.
    public var dimensions: [Int] {
        switch self {
        case .flat(let width): [width]
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
        }
    }
}

extension FeatureEncoder {
    /// How the features lie: a picture or a sequence where it is all that a row has, else flat.
    ///
    /// A tensor column of shape (h, w) is a picture of one channel, one of (h, w, c) a picture of c channels.
    public var layout: FeatureLayout {
        guard columns.count == 1, columns[0].kind == .tensor || columns[0].kind == .text else {
            return .flat(width: width)
        }
        let column = columns[0]
        return switch column.shape.count {
        case 1 where column.vocabulary > 0: .tokens(length: column.shape[0], vocabulary: column.vocabulary)
        case 2: .picture(height: column.shape[0], width: column.shape[1], channels: 1)
        case 3: .picture(height: column.shape[0], width: column.shape[1], channels: column.shape[2])
        default: .flat(width: width)
        }
    }

    /// Of one picture a row: the feature that a value of 0, black, becomes in each channel. Empty for other layouts.
    public var black: [Float] {
        guard case .picture = layout else { return [] }
        return zip(columns[0].means, columns[0].deviations).map { max(-Self.limit, min(Self.limit, -$0 / $1)) }
    }
}
