/// What the columns of usual rows hold: the units in which corruptions are measured.
struct UsualValues: Sendable {
    /// What an array's numbers are.
    enum Array: Sendable {
        /// A picture of the given height, width and channels, with numbers from `low` to `high`.
        case picture(height: Int, width: Int, channels: Int, low: Float, high: Float)
        /// Ids of tokens, 0 after the end.
        case tokens
        /// Numbers with a standard deviation.
        case numbers(deviation: Float)
    }

    /// Numeric columns by name: the standard deviation of the values that are there.
    private(set) var deviations: [String: Float] = [:]
    /// Categorical columns by name: the categories that the fewer half of the categories are, by rows.
    private(set) var rarer: [String: [String]] = [:]
    /// Array columns by name.
    private(set) var arrays: [String: Array] = [:]
    /// Text columns that the model reads.
    private(set) var texts: Set<String> = []

    init(_ rows: Dataset, encoder: FeatureEncoder) {
        let vocabularies = encoder.columns.filter { $0.kind == .tensor && $0.vocabulary > 0 }
        let readsTexts = encoder.columns.contains { $0.kind == .text }
        for column in rows.columns {
            switch column.storage {
            case .numeric(let values): deviations[column.name] = Self.deviation(of: values)
            case .categorical(let codes, let categories):
                var counts = [Int](repeating: 0, count: categories.count)
                for code in codes where code >= 0 { counts[Int(code)] += 1 }
                let order = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
                if categories.count > 1 {
                    rarer[column.name] = order.prefix(categories.count / 2).map { categories[$0] }
                }
            case .text: if readsTexts { texts.insert(column.name) }
            case .tensor(let values, let shape):
                if vocabularies.contains(where: { $0.shape == shape }) {
                    arrays[column.name] = .tokens
                } else if shape.count == 2 || shape.count == 3 {
                    let finite = values.lazy.filter(\.isFinite)
                    arrays[column.name] = Self.picture(shape, low: finite.min() ?? 0, high: finite.max() ?? 1)
                } else {
                    arrays[column.name] = .numbers(deviation: Self.deviation(of: values))
                }
            case .bytes(_, let shape):
                if vocabularies.contains(where: { $0.shape == shape }) {
                    arrays[column.name] = .tokens
                } else if shape.count == 2 || shape.count == 3 {
                    arrays[column.name] = Self.picture(shape, low: 0, high: 255)
                }
            }
        }
    }

    private static func picture(_ shape: [Int], low: Float, high: Float) -> Array {
        .picture(height: shape[0], width: shape[1], channels: shape.count == 3 ? shape[2] : 1, low: low, high: high)
    }

    private static func deviation(of values: [Float]) -> Float {
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for value in values where value.isFinite { (count, sum) = (count + 1, sum + Double(value)) }
        guard count > 1 else { return 0 }
        let mean = sum / count
        for value in values where value.isFinite { squares += (Double(value) - mean) * (Double(value) - mean) }
        return Float((squares / count).squareRoot())
    }
}
