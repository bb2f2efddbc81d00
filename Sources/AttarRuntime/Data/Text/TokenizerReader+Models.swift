extension TokenizerReader {
    /// The model; its tokens are added to `vocabulary`.
    func model(_ value: JSONDocument.Value, _ vocabulary: inout TokenList) throws -> TokenizerParts.Model {
        // Old files do not name their model.
        let type =
            value["type"]?.string
            ?? (value["merges"] != nil ? "BPE" : value["unk_id"] != nil ? "Unigram" : "WordPiece")
        switch type {
        case "WordPiece": return .wordPiece(try wordPiece(value, &vocabulary))
        case "BPE": return .bytePairs(try bytePairs(value, &vocabulary))
        case "Unigram": return .unigram(try unigram(value, &vocabulary))
        case "WordLevel":
            let tokens = try vocabularyTrie(value, &vocabulary)
            return .words(tokens, unknown: value["unk_token"]?.string.flatMap(vocabulary.id))
        default: throw unknown("model", type)
        }
    }

    /// The tokens of a model whose vocabulary is an object of ids.
    private func vocabularyTrie(_ value: JSONDocument.Value, _ vocabulary: inout TokenList) throws -> ByteTrie {
        guard let tokens = value["vocab"], tokens.kind == .object else {
            throw failure("'\(source)': its model has no vocabulary")
        }
        var count = 0
        tokens.forEachMember { _, _ in count += 1 }
        vocabulary.reserve(count)
        var trie = ByteTrie(reserving: count)
        var size = 0
        try tokens.forEachMember { name, number in
            guard let bytes = name.utf8, let id = number.integer, id >= 0, id < TokenList.most else {
                throw failure("'\(source)': the id of a token in its vocabulary is no whole number from 0")
            }
            size += bytes.count
            guard size < 1 << 24 else { throw failure("'\(source)': its vocabulary has more than 16 MB of tokens") }
            trie.insert(bytes, Int32(id))
            vocabulary.add(String(decoding: bytes, as: UTF8.self), id)
        }
        return trie
    }

    private func wordPiece(_ value: JSONDocument.Value, _ vocabulary: inout TokenList) throws -> WordPieceVocabulary {
        let whole = try vocabularyTrie(value, &vocabulary)
        let name = value["unk_token"]?.string ?? "[UNK]"
        guard let unknown = vocabulary.id(of: name) else {
            throw failure("'\(source)': its vocabulary lacks the unknown token '\(name)'")
        }
        let prefix = value["continuing_subword_prefix"]?.utf8 ?? Array("##".utf8)
        var continuing = ByteTrie(reserving: vocabulary.texts.count)
        for (id, token) in vocabulary.texts.enumerated() {
            let bytes = Array(token.utf8)
            if bytes.starts(with: prefix), bytes.count > prefix.count {
                continuing.insert(bytes[prefix.count...], Int32(id))
            }
        }
        return WordPieceVocabulary(
            whole: whole, continuing: continuing, unknown: unknown,
            longest: value["max_input_chars_per_word"]?.integer ?? 100)
    }

    private func bytePairs(_ value: JSONDocument.Value, _ vocabulary: inout TokenList) throws -> BytePairVocabulary {
        if let dropout = value["dropout"]?.number, dropout > 0 {
            throw failure("'\(source)' leaves merges out at random, so that no two answers are alike")
        }
        let tokens = try vocabularyTrie(value, &vocabulary)
        let prefix = value["continuing_subword_prefix"]?.utf8 ?? []
        let list = value["merges"]
        var count = 0
        list?.forEachElement { _ in count += 1 }
        var merges = MergeTable(reserving: count)
        var rank = 0
        try list?.forEachElement { merge in
            let (left, right) = try pair(merge)
            let (first, second) = (tokens.number(of: left), tokens.number(of: right))
            // A prefix that marks going on is not repeated inside the joined token.
            let rest = right.starts(with: prefix) ? Array(right[prefix.count...]) : right
            let joined = tokens.number(of: left + rest)
            guard first >= 0, second >= 0, joined >= 0 else {
                let text = String(decoding: left + [0x20] + right, as: UTF8.self)
                throw failure("'\(source)': its merge '\(text)' is of tokens that its vocabulary lacks")
            }
            merges.insert(first, second, rank: rank, becomes: joined)
            rank += 1
        }
        let unknown = value["unk_token"]?.string
        if let unknown, vocabulary.id(of: unknown) == nil {
            throw failure("'\(source)': its vocabulary lacks the unknown token '\(unknown)'")
        }
        return BytePairVocabulary(
            tokens: tokens, merges: merges, unknown: unknown.flatMap(vocabulary.id),
            fusesUnknown: value["fuse_unk"]?.bool ?? false, continuingPrefix: prefix,
            wordSuffix: value["end_of_word_suffix"]?.utf8 ?? [],
            byteTokens: value["byte_fallback"]?.bool ?? false ? byteTokens(tokens) : [],
            ignoresMerges: value["ignore_merges"]?.bool ?? false)
    }

    /// The two tokens of a merge: a text with a blank between them, or a list.
    private func pair(_ merge: JSONDocument.Value) throws -> ([UInt8], [UInt8]) {
        if let text = merge.utf8 {
            let parts = text.split(separator: 0x20, omittingEmptySubsequences: false)
            if parts.count == 2 { return (Array(parts[0]), Array(parts[1])) }
        } else {
            let parts = merge.elements.compactMap(\.utf8)
            if parts.count == 2 { return (parts[0], parts[1]) }
        }
        throw failure("'\(source)' has a merge that is not of two tokens")
    }

    /// The tokens `<0x00>` to `<0xFF>`; none where one of them is missing.
    private func byteTokens(_ tokens: ByteTrie) -> [Int32] {
        let ids = (0..<256).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return tokens.number(of: "<0x\(digits.count < 2 ? "0" : "")\(digits)>".utf8)
        }
        return ids.contains { $0 < 0 } ? [] : ids
    }

    private func unigram(_ value: JSONDocument.Value, _ vocabulary: inout TokenList) throws -> UnigramVocabulary {
        guard let list = value["vocab"], list.kind == .array else {
            throw failure("'\(source)': its model has no vocabulary")
        }
        var count = 0
        list.forEachElement { _ in count += 1 }
        guard count < TokenList.most else { throw failure("'\(source)': its vocabulary has \(count) tokens") }
        vocabulary.reserve(count)
        var trie = ByteTrie(reserving: count)
        var scores: [Double] = []
        scores.reserveCapacity(count)
        var size = 0
        try list.forEachElement { entry in
            let parts = entry.elements
            guard parts.count == 2, let bytes = parts[0].utf8, let score = parts[1].number, score.isFinite else {
                throw failure("'\(source)': entry \(scores.count) of its vocabulary is not a token and its score")
            }
            size += bytes.count
            guard size < 1 << 24 else { throw failure("'\(source)': its vocabulary has more than 16 MB of tokens") }
            trie.insert(bytes, Int32(scores.count))
            vocabulary.add(String(decoding: bytes, as: UTF8.self), scores.count)
            scores.append(score)
        }
        let unknown = value["unk_id"]?.integer
        if let unknown, unknown < 0 || unknown >= scores.count {
            throw failure("'\(source)': its unknown token \(unknown) is not in its vocabulary")
        }
        return UnigramVocabulary(
            tokens: trie, scores: scores, unknown: unknown.map(Int32.init),
            byteTokens: value["byte_fallback"]?.bool ?? false ? byteTokens(trie) : [])
    }
}
