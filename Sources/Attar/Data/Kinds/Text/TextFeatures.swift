/// What decides how texts become features, besides the texts.
public struct TextFeatures: Sendable {
    /// The way that was asked for; nil for the one that suits the families.
    public var method: TextMethod?
    /// The tokenizer for `tokens`.
    public var tokenizer: Tokenizer?
    /// Those who are to learn from the features.
    public var readers: [FeatureReader]
    /// Columns that are read although they look like row numbers, names or codes beside texts.
    public var kept: Set<String> = []
    /// Whether students of several families are to be tried on the features.
    public var isSearched = false

    /// The given choices.
    public init(method: TextMethod? = nil, tokenizer: Tokenizer? = nil, readers: [FeatureReader] = []) {
        self.method = method
        self.tokenizer = tokenizer
        self.readers = readers
    }

    /// The family that has a vector for each token of a tokenizer, and reads nothing but one column of texts.
    var readsWholeVocabulary: Bool { readers.contains { $0.name == StaticEstimator.family.name } }

    /// The way to be taken for a data set; nil where its texts are not used.
    ///
    /// - Parameters:
    ///   - texts: how many columns of texts there are that become features.
    ///   - others: how many other columns.
    ///   - rows: how many rows.
    /// - Throws: `AttarError` (`invalidSetting`).
    func method(texts: Int, others: Int, rows: Int) throws -> TextMethod? {
        guard texts > 0 else { return nil }
        let isMixed = texts + others > 1
        if let method {
            if method.kind == .none { return nil }
            if method.kind.givesIDs, let flat = flatReader(isMixed) {
                throw AttarError(
                    .invalidSetting, "\(flat.name) reads numbers, and --text \(method) makes ids of words of the texts",
                    remedy: "Use --text \(isMixed ? "terms" : "folded"), or another model")
            }
            return method
        }
        let other = readers.first(where: \.needsIDs)
        if let other, let flat = flatReader(isMixed) {
            throw AttarError(
                .invalidSetting,
                "\(other.name) reads texts as sequences, which \(flat.name) cannot: teacher and student share their features",
                remedy: "Let both be \(other.name), or give a teacher from a file")
        }
        if isMixed, other == nil, isSearched || readers.isEmpty || !readers.allSatisfy(\.readsIDs) {
            return TextMethod(.terms, buckets: Self.usualTerms(columns: texts, rows: rows))
        }
        if !isMixed, other == nil, readers.contains(where: { !$0.readsIDs }) { return TextMethod(.folded) }
        let isOrdered = readers.contains(where: \.readsOrder)
        if tokenizer != nil, other != nil { return TextMethod(.tokens) }
        return TextMethod(isOrdered ? .words : .ngrams)
    }

    /// A reader of numbers only.
    private func flatReader(_ isMixed: Bool) -> FeatureReader? {
        readers.first { !$0.readsIDs && !(isMixed && $0.layouts.contains(.joined)) }
    }

    /// Terms of each column: those of a row stay within 1,024 numbers, and those of all rows within a quarter of a gigabyte where they can.
    static func usualTerms(columns: Int, rows: Int) -> Int {
        let usual = TextMethod(.terms).buckets
        return max(64, min(usual, (1 << 26) / max(1, rows)) / max(1, columns))
    }
}
