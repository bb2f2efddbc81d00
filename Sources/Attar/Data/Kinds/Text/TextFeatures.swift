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

    /// The family that has a vector for each token of a tokenizer, and reads nothing but one column of texts.
    var readsWholeVocabulary: Bool { families.contains(StaticEstimator.family.name) }

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
