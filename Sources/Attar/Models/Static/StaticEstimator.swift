/// The settings of a static embedding: of a teacher that is asked about each token of a vocabulary, and of rows that it is trained on.
public struct StaticEstimator: NumberedEstimator, Hashable {
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

    package static let number = BracketNumber<StaticEstimator>(
        noun: "coordinates", member: \.width, range: 1...4096, example: 256)
    package static let options: [ModelOption<StaticEstimator>] = [
        ModelOption(
            "smoothing", \.smoothing, .above(0), "a number above 0",
            help: "a of the weight a / (a + f) of a token of frequency f"),
        ModelOption("length", \.length, .from(1, to: 65_536), "1 to 65536 tokens", help: "tokens of a text, at most"),
        ModelOption("epochs", \.epochs, .from(0, to: 1_000), "0 to 1000", help: "passes over a corpus"),
        ModelOption("learningRate", \.learningRate, .above(0), "a number above 0", help: "the length of a step"),
        ModelOption("precision", \.precision, help: "of the vectors as they are kept"),
    ]
}

extension Family {
    /// Means of tokens' vectors, of a teacher that is asked about each token.
    public static let staticEmbedding = Family(
        summary: "embedding as the mean of the tokens' vectors; static[256] has 256 numbers",
        estimator: StaticEstimator.self, model: StaticModel.self)
}
