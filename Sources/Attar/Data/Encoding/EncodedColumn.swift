/// How one column becomes features: what was learned from the training rows. Part of a model's schema.
public struct EncodedColumn: Hashable, Sendable {
    /// The column's name.
    public let name: String
    /// Its type: numeric, categorical or tensor.
    public let kind: Column.Kind
    /// Of a numeric or tensor column, the mean of the training rows; 0 for categories.
    public let mean: Float
    /// Of a numeric or tensor column, the standard deviation of the training rows, 1 where they are constant.
    public let deviation: Float
    /// Of a categorical column, the categories that have a feature of their own, in their order.
    public let categories: [String]
    /// Whether a feature tells that the value is missing: where training rows of a numeric column lacked it.
    public let hasIndicator: Bool
    /// Of a tensor column, the shape of a row.
    public let shape: [Int]

    /// Number of features that the column becomes.
    public var width: Int {
        switch kind {
        case .numeric: hasIndicator ? 2 : 1
        case .categorical: categories.count + 1
        case .tensor: rawWidth
        case .text: 0
        }
    }

    /// Number of values that the column takes in a raw row.
    public var rawWidth: Int { shape.reduce(1, *) }

    /// The features' names.
    public var features: [String] {
        switch kind {
        case .numeric: hasIndicator ? [name, "\(name) is missing"] : [name]
        case .categorical: categories.map { "\(name)=\($0)" } + ["\(name)=other"]
        case .tensor: (0..<rawWidth).map { "\(name)[\($0)]" }
        case .text: []
        }
    }

    init(
        _ name: String, _ kind: Column.Kind, mean: Float = 0, deviation: Float = 1, categories: [String] = [],
        hasIndicator: Bool = false, shape: [Int] = []
    ) {
        self.name = name
        self.kind = kind
        self.mean = mean
        self.deviation = deviation
        self.categories = categories
        self.hasIndicator = hasIndicator
        self.shape = shape
    }
}

// Members at their usual value are left out, so that the schema of a wide table stays small in the artifact.
extension EncodedColumn: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, kind, mean, deviation, categories, hasIndicator, shape
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        kind = try container.decodeIfPresent(Column.Kind.self, forKey: .kind) ?? .numeric
        mean = try container.decodeIfPresent(Float.self, forKey: .mean) ?? 0
        deviation = try container.decodeIfPresent(Float.self, forKey: .deviation) ?? 1
        categories = try container.decodeIfPresent([String].self, forKey: .categories) ?? []
        hasIndicator = try container.decodeIfPresent(Bool.self, forKey: .hasIndicator) ?? false
        shape = try container.decodeIfPresent([Int].self, forKey: .shape) ?? []
        let isSound =
            mean.isFinite && deviation.isFinite && deviation > 0 && Set(categories).count == categories.count
            && shape.allSatisfy { (1...1 << 24).contains($0) } && shape.reduce(1.0, { $0 * Double($1) }) < 0x1p31
            && shape.isEmpty == (kind != .tensor)
        if !isSound {
            throw AttarError(.malformedArtifact, "the encoding of column '\(name)' is damaged")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        if kind != .numeric { try container.encode(kind, forKey: .kind) }
        if mean != 0 { try container.encode(mean, forKey: .mean) }
        if deviation != 1 { try container.encode(deviation, forKey: .deviation) }
        if !categories.isEmpty { try container.encode(categories, forKey: .categories) }
        if hasIndicator { try container.encode(true, forKey: .hasIndicator) }
        if !shape.isEmpty { try container.encode(shape, forKey: .shape) }
    }
}
