/// The settings of a static embedding: of a teacher that is asked about each token of a vocabulary, and of rows that it is trained on.
public struct StaticEstimator: Estimator, Hashable {
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
    /// Whether the vectors are kept in 16 bits.
    public var isHalf = true

    /// The default settings.
    public init() {}

    public init(_ specification: Specification) throws {
        try specification.allow(
            ["smoothing", "length", "epochs", "learningRate", "precision"], positional: true)
        let sizes = try specification.positionalIntegers()
        guard sizes.count <= 1 else {
            throw AttarError(
                .invalidSetting, "static has one width, and '\(specification)' gives \(sizes.count) numbers",
                remedy: "Write it as static[256]")
        }
        width = sizes.first ?? width
        smoothing = try specification.number("smoothing", default: smoothing)
        length = try specification.integer("length", default: length)
        epochs = try specification.integer("epochs", default: epochs)
        learningRate = try specification.number("learningRate", default: learningRate)
        let precision = specification.text("precision", default: "float16")
        try requireKnown(precision, among: ["float16", "float32"], "precision", of: "static")
        isHalf = precision == "float16"
        try validate()
    }

    public func validate() throws {
        func require(_ holds: Bool, _ option: String, _ value: Any, _ range: String) throws {
            if !holds {
                throw AttarError(.invalidSetting, "static's \(option) is \(value)", remedy: "Give \(range)")
            }
        }
        try require((1...4096).contains(width), "width", width, "1 to 4096 numbers")
        try require(smoothing > 0 && smoothing.isFinite, "smoothing", smoothing, "a number above 0")
        try require((1...1 << 16).contains(length), "length", length, "1 to 65536 tokens")
        try require((0...1000).contains(epochs), "epochs", epochs, "0 to 1000")
        try require(learningRate > 0 && learningRate.isFinite, "learningRate", learningRate, "a number above 0")
    }
}

extension Family {
    /// Means of tokens' vectors, of a teacher that is asked about each token.
    public static let staticEmbedding = Family(
        summary: "embedding as the mean of the tokens' vectors; static[256] has 256 numbers",
        estimator: StaticEstimator.self, model: StaticModel.self)
}
