/// How one column becomes features: what was learned from the training rows. Part of a model's schema.
public struct EncodedColumn: Hashable, Sendable {
    /// The column's name.
    public let name: String
    /// Its type: numeric, categorical, tensor, text or date.
    public let kind: Column.Kind
    /// Of a numeric or tensor column, the mean of the training rows, 0 for categories; of pictures with channels, the shape
    /// (h, w, c), one a channel; of dates one a part.
    public let means: [Float]
    /// Of a numeric or tensor column, the standard deviation of the training rows, 1 where they are constant; one a mean.
    public let deviations: [Float]
    /// Of a categorical column, the categories that have a feature of their own, in their order.
    public let categories: [String]
    /// Whether a feature tells that the value is missing: where training rows of a numeric column lacked it.
    public let hasIndicator: Bool
    /// Of a tensor column, the shape of a row; of a text column, how many numbers a text becomes; of dates, how many a date.
    public let shape: [Int]
    /// Of a tensor column of token ids, the number of ids: those of the training rows and a last one for all others; of texts, the number of
    /// different numbers that they become; else 0.
    public let vocabulary: Int
    /// Of a text column, how texts become numbers.
    public let text: TextEncoding?
    /// Of a column of dates, how dates become numbers.
    public let dates: DateEncoding?
    /// Of a numeric column, how the training rows' numbers were written; nil where plainly.
    public let numbers: NumberNotation?

    /// Whether the column is of token ids, which are taken as they are.
    public var isTokens: Bool { kind == .tensor && vocabulary > 0 }

    /// The first of `means`: the only one but for pictures with channels.
    public var mean: Float { means[0] }
    /// The first of `deviations`.
    public var deviation: Float { deviations[0] }

    /// Number of features that the column becomes.
    public var width: Int {
        switch kind {
        case .numeric: hasIndicator ? 2 : 1
        case .categorical: categories.count + 1
        case .tensor, .text, .date: rawWidth
        }
    }

    /// Number of values that the column takes in a raw row.
    public var rawWidth: Int { shape.reduce(1, *) }

    /// The features' names.
    public var features: [String] {
        switch kind {
        case .numeric: hasIndicator ? [name, "\(name) is missing"] : [name]
        case .categorical: categories.map { "\(name)=\($0)" } + ["\(name)=other"]
        case .text where text?.terms != nil: (text?.terms?.names ?? []).map { "\(name) has '\($0)'" }
        case .tensor, .text: (0..<rawWidth).map { "\(name)[\($0)]" }
        case .date: dates?.features(of: name) ?? []
        }
    }

    /// How many means and deviations a column of that shape has: one a channel of pictures (h, w, c), else one.
    package static func channels(of shape: [Int]) -> Int { shape.count == 3 ? shape[2] : 1 }

    /// A column of a kind other than texts; what is not given is as columns of other kinds have it.
    ///
    /// - Precondition: as many means and deviations as channels, finite, deviations above 0.
    public init(
        _ name: String, _ kind: Column.Kind, means: [Float] = [0], deviations: [Float] = [1], categories: [String] = [],
        hasIndicator: Bool = false, shape: [Int] = [], vocabulary: Int = 0, numbers: NumberNotation? = nil
    ) {
        self.name = name
        self.kind = kind
        self.means = means
        self.deviations = deviations
        self.categories = categories
        self.hasIndicator = hasIndicator
        self.shape = shape
        self.vocabulary = vocabulary
        self.numbers = numbers == .plain ? nil : numbers
        (text, dates) = (nil, nil)
    }

    /// A column of texts.
    public init(_ name: String, _ text: TextEncoding) {
        self.name = name
        self.text = text
        kind = .text
        means = [0]
        deviations = [1]
        categories = []
        hasIndicator = false
        shape = [text.length]
        vocabulary = text.vocabulary
        (dates, numbers) = (nil, nil)
    }

    /// A column of dates.
    ///
    /// - Precondition: as many means and deviations as parts, finite, deviations above 0.
    public init(_ name: String, _ dates: DateEncoding, means: [Float], deviations: [Float]) {
        precondition(means.count == dates.parts.count && deviations.count == means.count, "a mean and deviation a part")
        self.name = name
        self.dates = dates
        self.means = means
        self.deviations = deviations
        kind = .date
        categories = []
        hasIndicator = false
        shape = [dates.parts.count]
        vocabulary = 0
        (text, numbers) = (nil, nil)
    }
}

// Members at their usual value are left out, so that the schema of a wide table stays small in the artifact.
extension EncodedColumn: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, kind, mean, deviation, means, deviations, categories, hasIndicator, shape, vocabulary, text
        case dates, numbers
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try container.decodeIfPresent(TextEncoding.self, forKey: .text) {
            self.init(try container.decode(String.self, forKey: .name), text)
            return
        }
        let name = try container.decode(String.self, forKey: .name)
        let kind = try container.decodeIfPresent(Column.Kind.self, forKey: .kind) ?? .numeric
        let means =
            try container.decodeIfPresent([Float].self, forKey: .means)
            ?? [try container.decodeIfPresent(Float.self, forKey: .mean) ?? 0]
        let deviations =
            try container.decodeIfPresent([Float].self, forKey: .deviations)
            ?? [try container.decodeIfPresent(Float.self, forKey: .deviation) ?? 1]
        let categories = try container.decodeIfPresent([String].self, forKey: .categories) ?? []
        let hasIndicator = try container.decodeIfPresent(Bool.self, forKey: .hasIndicator) ?? false
        let shape = try container.decodeIfPresent([Int].self, forKey: .shape) ?? []
        let vocabulary = try container.decodeIfPresent(Int.self, forKey: .vocabulary) ?? 0
        let dates = try container.decodeIfPresent(DateEncoding.self, forKey: .dates)
        if let dates, kind == .date, means.count == dates.parts.count, deviations.count == means.count,
            means.allSatisfy(\.isFinite), deviations.allSatisfy({ $0.isFinite && $0 > 0 })
        {
            self.init(name, dates, means: means, deviations: deviations)
            return
        }
        let isSound =
            means.allSatisfy(\.isFinite) && deviations.allSatisfy { $0.isFinite && $0 > 0 }
            && kind != .date && dates == nil && means.count == Self.channels(of: shape)
            && deviations.count == means.count
            && (0...1 << 24).contains(vocabulary) && (vocabulary == 0 || shape.count == 1)
            && Set(categories).count == categories.count
            && shape.allSatisfy { (1...1 << 24).contains($0) } && shape.reduce(1.0, { $0 * Double($1) }) < 0x1p31
            && shape.isEmpty == (kind != .tensor) && kind != .text
        if !isSound {
            throw AttarError(.malformedArtifact, "the encoding of column '\(name)' is damaged")
        }
        self.init(
            name, kind, means: means, deviations: deviations, categories: categories, hasIndicator: hasIndicator,
            shape: shape, vocabulary: vocabulary,
            numbers: try container.decodeIfPresent(NumberNotation.self, forKey: .numbers))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        if kind != .numeric { try container.encode(kind, forKey: .kind) }
        if let text {
            try container.encode(text, forKey: .text)
            return
        }
        if means.count == 1 {
            if mean != 0 { try container.encode(mean, forKey: .mean) }
            if deviation != 1 { try container.encode(deviation, forKey: .deviation) }
        } else {
            try container.encode(means, forKey: .means)
            try container.encode(deviations, forKey: .deviations)
        }
        if let dates {
            try container.encode(dates, forKey: .dates)
            return
        }
        try container.encodeIfPresent(numbers, forKey: .numbers)
        if !categories.isEmpty { try container.encode(categories, forKey: .categories) }
        if hasIndicator { try container.encode(true, forKey: .hasIndicator) }
        if !shape.isEmpty { try container.encode(shape, forKey: .shape) }
        if vocabulary > 0 { try container.encode(vocabulary, forKey: .vocabulary) }
    }
}
