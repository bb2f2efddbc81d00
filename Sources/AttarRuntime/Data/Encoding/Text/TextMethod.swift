/// How a column of texts becomes features, as a recipe names it: `ngrams`, `ngrams[16384]`, `words`, `tokens`, `folded[512]`, `terms[1024]`, `none`.
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
        /// The words and pairs of words that training texts have most to tell by, each a number of its own: what stands beside numbers in a table.
        public static let terms = Kind(rawValue: "terms")
        /// Columns of texts are left out.
        public static let none = Kind(rawValue: "none")

        package static let all: [Kind] = [.ngrams, .words, .tokens, .folded, .terms, .none]

        /// Whether texts become ids of words or tokens, which are numbers in name only.
        package var givesIDs: Bool { [.ngrams, .words, .tokens].contains(self) }
    }

    /// The way.
    public let kind: Kind
    /// Buckets of the hash, numbers of the vector, or the most terms; 0 for `tokens` and `none`.
    public let buckets: Int

    /// A way with its usual number of buckets, or another.
    public init(_ kind: Kind, buckets: Int? = nil) {
        self.kind = kind
        let usual: [Kind: Int] = [.ngrams: 1 << 16, .words: 1 << 14, .folded: 512, .terms: 1024]
        self.buckets = buckets ?? usual[kind] ?? 0
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
        try specification.allow([], positional: kind != .tokens && kind != .none)
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
