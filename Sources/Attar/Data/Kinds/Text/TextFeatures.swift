/// What decides how texts become features, besides the texts.
public struct TextFeatures: Sendable {
    /// The way that was asked for; nil for the one that suits the families.
    public var method: TextMethod?
    /// The tokenizer for `tokens`.
    public var tokenizer: Tokenizer?
    /// Those who are to learn from the features.
    public var readers: [FeatureReader]

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
        if let flat = readers.first(where: { !$0.readsIDs }) {
            if let other = readers.first(where: \.needsIDs) {
                throw AttarError(
                    .invalidSetting,
                    "\(other.name) reads texts as sequences, which \(flat.name) cannot: teacher and student share their features",
                    remedy: "Let both be \(other.name), or give a teacher from a file")
            }
            return TextMethod(.folded)
        }
        let isOrdered = readers.contains(where: \.readsOrder)
        if tokenizer != nil, readers.contains(where: \.needsIDs) { return TextMethod(.tokens) }
        return TextMethod(isOrdered ? .words : .ngrams)
    }
}
