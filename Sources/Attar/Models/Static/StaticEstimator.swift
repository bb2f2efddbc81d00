/// The settings of a static embedding: of a teacher that is asked about each token of a vocabulary, and of rows that it is trained on.
public struct StaticEstimator: OptionedEstimator, Hashable {
    public static var family: Family { .staticEmbedding }

    /// Numbers of an embedding, at least 1.
    public var width = 256
    /// The a of the weight a / (a + f) of a token of frequency f, above 0. Arora, Liang and Ma, ICLR 2017.
    public var smoothing = 1e-4
    /// The most tokens of a text that count, at least 1.
    public var length = 512
    /// Passes over the corpus, where there is one, at least 0.
    public var epochs = 5
    /// The step of training on a corpus, above 0.
    public var learningRate = 0.05
    /// How the vectors are kept.
    public var precision = VectorPrecision.float16

    /// What numbers vectors are kept in.
    public enum VectorPrecision: String, CaseIterable, Codable, Sendable {
        /// 16 bits.
        case float16
        /// 32 bits.
        case float32
    }

    /// The default settings.
    public init() {}

    package static let options: [ModelOption<StaticEstimator>] = [
        ModelOption(
            "smoothing", \.smoothing, .above(0), "a number above 0",
            help: "a of the weight a / (a + f) of a token of frequency f"),
        ModelOption("length", \.length, .from(1, to: 65_536), "1 to 65536 tokens", help: "tokens of a text, at most"),
        ModelOption("epochs", \.epochs, .from(0, to: 1_000), "0 to 1000", help: "passes over a corpus"),
        ModelOption("learningRate", \.learningRate, .above(0), "a number above 0", help: "the length of a step"),
        ModelOption("precision", \.precision, help: "of the vectors as they are kept"),
    ]

    public init(_ specification: Specification) throws {
        try specification.allow(Self.options.map(\.name), positional: true)
        let sizes = try specification.positionalIntegers()
        guard sizes.count <= 1 else {
            throw AttarError(
                .invalidSetting, "static has one width, and '\(specification)' gives \(sizes.count) numbers",
                remedy: "Write it as static[256]")
        }
        width = sizes.first ?? width
        try set(from: specification)
        try validate()
    }

    public func validate() throws {
        let widths = ModelOption<StaticEstimator>("width", \.width, .from(1, to: 4096), "1 to 4096 numbers")
        for option in [widths] + Self.options { try option.check(self, "static") }
    }
}

extension Family {
    /// Means of tokens' vectors, of a teacher that is asked about each token.
    public static let staticEmbedding = Family(
        summary: "embedding as the mean of the tokens' vectors; static[256] has 256 numbers",
        estimator: StaticEstimator.self, model: StaticModel.self)
}
