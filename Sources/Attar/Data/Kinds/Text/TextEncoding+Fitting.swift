extension TextEncoding {
    /// The encoding that suits training texts.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for `tokens` without a tokenizer.
    init(_ method: TextMethod, fittedTo texts: [String], tokenizer: Tokenizer?) throws {
        switch method.kind {
        case .folded:
            self.init(method, length: method.buckets)
        case .terms:
            self.init(TextTerms(fittedTo: texts, count: method.buckets), most: method.buckets)
        case .tokens:
            guard let tokenizer else {
                throw AttarError(
                    .invalidSetting, "texts are to become tokens, and no tokenizer is named",
                    remedy: "Give its tokenizer.json with --text-tokenizer")
            }
            let ids = tokenizer.encodeBatch(texts, addsSpecialTokens: false, threads: availableThreads())
            var isSeen = [Bool](repeating: false, count: tokenizer.vocabulary.count)
            for id in ids.joined() { isSeen[Int(id)] = true }
            self.init(
                method, length: Self.length(of: ids.map(\.count)), tokenizer: tokenizer,
                kept: isSeen.indices.filter { isSeen[$0] }.map(Int32.init))
        default:
            let counts = texts.map { text in
                let hasher = TextHasher(text)
                var count = 0
                hasher.forEachFeature(ordered: method.kind == .words) { _ in count += 1 }
                return count
            }
            self.init(method, length: Self.length(of: counts))
        }
    }

    /// The tokens of a whole vocabulary, long enough for all training texts and for memory.
    init(wholeVocabularyOf tokenizer: Tokenizer, fittedTo texts: [String]) {
        let ids = tokenizer.encodeBatch(texts, addsSpecialTokens: false, threads: availableThreads())
        self.init(
            TextMethod(.tokens), length: ids.reduce(1) { max($0, min(1024, $1.count)) }, tokenizer: tokenizer)
    }

    /// Long enough for 98 of 100 training texts, and for memory.
    private static func length(of counts: [Int]) -> Int {
        let sorted = counts.sorted()
        guard let last = sorted.last else { return 1 }
        return max(1, min(sorted[min(sorted.count - 1, sorted.count * 98 / 100)], last, 1024))
    }
}
