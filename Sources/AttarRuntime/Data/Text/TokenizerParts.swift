/// What a `tokenizer.json` holds, ready to be used.
struct TokenizerParts: Sendable {
    /// The vocabulary and how words are cut into its tokens.
    enum Model: Sendable {
        case wordPiece(WordPieceVocabulary)
        case bytePairs(BytePairVocabulary)
        case unigram(UnigramVocabulary)
        case words(ByteTrie, unknown: Int32?)
    }

    let model: Model
    let normalizer: TextNormalizer?
    let preTokenizer: PreTokenizer?
    /// Added tokens that are looked for in the text as it comes.
    let rawTokens: AddedTokens
    /// Added tokens that are looked for in the normalised text.
    let normalizedTokens: AddedTokens
    /// Ids before and behind every text's own.
    let prefix: [Int32]
    let suffix: [Int32]
    let vocabulary: [String]
    let specialIDs: [Int32]
    let paddingID: Int32
    let unknownID: Int32?
    let suggestedLength: Int?

    init(_ root: JSONDocument.Value, source: String) throws {
        let reader = TokenizerReader(source: source)
        guard root.kind == .object, let model = root["model"] else {
            throw reader.failure("'\(source)' has no model, and so is no tokenizer.json")
        }
        normalizer = try root["normalizer"].flatMap(reader.normalizer)
        preTokenizer = try root["pre_tokenizer"].flatMap(reader.preTokenizer)
        var vocabulary = TokenList()
        self.model = try reader.model(model, &vocabulary)
        var memo = ScalarMemo()
        var (raw, normalized): ([AddedTokens.Token], [AddedTokens.Token]) = ([], [])
        for value in root["added_tokens"]?.elements ?? [] {
            var token = try reader.addedToken(value, &vocabulary)
            if token.isNormalized {
                normalizer?.apply(to: &token.content, &memo)
                normalized.append(token)
            } else {
                raw.append(token)
            }
        }
        rawTokens = AddedTokens(raw)
        normalizedTokens = AddedTokens(normalized)
        let frame = try root["post_processor"].map { try reader.frame($0) } ?? ([], [])
        (prefix, suffix) = frame
        self.vocabulary = vocabulary.texts
        specialIDs = Set((raw + normalized).filter(\.isSpecial).map(\.id)).sorted()
        let padding = root["padding"]?["pad_id"]?.id
        paddingID = padding ?? ["[PAD]", "<pad>", "<|pad|>", "<PAD>"].lazy.compactMap(vocabulary.id).first ?? 0
        unknownID =
            switch self.model {
            case .wordPiece(let model): model.unknown
            case .bytePairs(let model): model.unknown
            case .unigram(let model): model.unknown
            case .words(_, let unknown): unknown
            }
        suggestedLength = root["truncation"]?["max_length"]?.integer
        for id in prefix + suffix where id < 0 || Int(id) >= self.vocabulary.count {
            throw reader.failure("'\(source)' puts the token \(id) around texts, which its vocabulary lacks")
        }
    }
}

/// Tokens by id, while a file is read.
struct TokenList {
    private(set) var texts: [String] = []
    private var ids: [String: Int32] = [:]

    /// No file has more ids than this.
    static let most = 1 << 22

    func id(of text: String) -> Int32? { ids[text] }

    mutating func add(_ text: String, _ id: Int) {
        while texts.count <= id { texts.append("") }
        texts[id] = text
        ids[text] = Int32(id)
    }

    mutating func reserve(_ count: Int) {
        texts.reserveCapacity(count)
        ids.reserveCapacity(count)
    }
}
