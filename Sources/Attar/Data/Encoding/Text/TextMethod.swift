/// How a column of texts becomes features, as a recipe names it: `ngrams`, `ngrams[16384]`, `words`, `tokens`, `folded[512]`.
public struct TextMethod: Hashable, Sendable, CustomStringConvertible {
    /// The ways. More may be added.
    public struct Kind: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A way of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Hashed words, pairs of words and runs of two to four characters: a bag of bucket numbers.
        public static let ngrams = Kind(rawValue: "ngrams")
        /// Hashed words in their order: a sequence of bucket numbers.
        public static let words = Kind(rawValue: "words")
        /// The tokens of a tokenizer in their order.
        public static let tokens = Kind(rawValue: "tokens")
        /// What `ngrams` gives, folded to a vector of numbers, for families that read tables.
        public static let folded = Kind(rawValue: "folded")

        static let all: [Kind] = [.ngrams, .words, .tokens, .folded]
    }

    /// The way.
    public let kind: Kind
    /// Buckets of the hash, or numbers of the vector; 0 for `tokens`.
    public let buckets: Int

    /// A way with its usual number of buckets, or another.
    public init(_ kind: Kind, buckets: Int? = nil) {
        self.kind = kind
        let usual = kind == .ngrams ? 1 << 16 : kind == .words ? 1 << 14 : kind == .folded ? 512 : 0
        self.buckets = buckets ?? usual
    }

    /// The way that a text names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    public init(_ text: String) throws {
        let specification = try Specification(text)
        let kind = Kind(rawValue: specification.name)
        guard Kind.all.contains(kind) else {
            throw AttarError(
                .invalidSetting, "there is no way '\(specification.name)' to make features of texts",
                remedy: didYouMean(specification.name, among: Kind.all.map(\.rawValue)))
        }
        try specification.allow([], positional: kind != .tokens)
        let numbers = try specification.positionalIntegers()
        if let number = numbers.first, numbers.count > 1 || !(8...1 << 22).contains(number) {
            throw AttarError(
                .invalidSetting, "'\(text)' asks for \(number) buckets", remedy: "Give one number, from 8 to 4194304")
        }
        self.init(kind, buckets: numbers.first)
    }

    public var description: String {
        buckets == TextMethod(kind).buckets ? kind.rawValue : "\(kind.rawValue)[\(buckets)]"
    }
}

/// What decides how texts become features, besides the texts.
public struct TextFeatures: Sendable {
    /// The way that was asked for; nil for the one that suits the families.
    public var method: TextMethod?
    /// The tokenizer for `tokens`.
    public var tokenizer: Tokenizer?
    /// The names of the families that are to learn from the features.
    public var families: [String]

    /// The given choices.
    public init(method: TextMethod? = nil, tokenizer: Tokenizer? = nil, families: [String] = []) {
        self.method = method
        self.tokenizer = tokenizer
        self.families = families
    }

    /// Families that read sequences or bags of numbers of words.
    private static let readers: Set<String> = ["linear", "bag", "text-cnn", "gru", "transformer"]
    /// Of them, those to which order matters.
    private static let ordered: Set<String> = ["text-cnn", "gru", "transformer"]

    /// The way to be taken for a data set; nil where its texts are not used.
    ///
    /// - Parameters:
    ///   - texts: how many columns of texts there are.
    ///   - others: how many other columns.
    /// - Throws: `AttarError` (`invalidSetting`, `schemaMismatch`).
    func method(texts: Int, others: Int) throws -> TextMethod? {
        guard texts > 0 else { return nil }
        if let method {
            if method.kind != .folded, texts > 1 || others > 0 {
                throw AttarError(
                    .schemaMismatch,
                    "texts become \(method.kind.rawValue) only where they are one column beside the target, and here are \(texts + others) columns",
                    remedy: "Use --text folded, or leave the other columns out")
            }
            if method.kind == .tokens, tokenizer == nil {
                throw AttarError(
                    .invalidSetting, "texts are to become tokens, and no tokenizer is named",
                    remedy: "Give its tokenizer.json with --text-tokenizer")
            }
            return method
        }
        // A table's column of texts is a name or a remark more often than what the table is about.
        if others > 0 { return nil }
        if texts > 1 { return TextMethod(.folded) }
        let flat = families.filter { !Self.readers.contains($0) }
        if let family = flat.first {
            if let other = families.first(where: { $0 != "linear" && Self.readers.contains($0) }) {
                throw AttarError(
                    .invalidSetting,
                    "\(other) reads texts as sequences, which \(family) cannot: teacher and student share their features",
                    remedy: "Take linear, bag, text-cnn, gru or transformer for both, or a teacher from a file")
            }
            return TextMethod(.folded)
        }
        let isOrdered = families.contains(where: Self.ordered.contains)
        if tokenizer != nil, isOrdered || families.contains("bag") { return TextMethod(.tokens) }
        return TextMethod(isOrdered ? .words : .ngrams)
    }
}
