/// Reads the parts of a `tokenizer.json` by the names that the package `tokenizers` gives them.
struct TokenizerReader {
    let source: String

    func failure(_ problem: String, remedy: String = "Fetch the tokenizer.json again, or take another one")
        -> AttarError
    {
        AttarError(.malformedData, problem, remedy: remedy)
    }

    func unknown(_ part: String, _ name: String) -> AttarError {
        failure(
            "'\(source)' has the \(part) '\(name)', which Attar does not know",
            remedy: "Take a tokenizer without it, or turn the texts into token ids with the Python package 'tokenizers'"
        )
    }

    private func type(of value: JSONDocument.Value, _ part: String) throws -> String {
        guard let type = value["type"]?.string else { throw failure("'\(source)' has a \(part) without a type") }
        return type
    }

    // MARK: - Normalisers

    func normalizer(_ value: JSONDocument.Value) throws -> TextNormalizer? {
        let type = try type(of: value, "normalizer")
        switch type {
        case "Sequence": return .sequence(try (value["normalizers"]?.elements ?? []).compactMap(normalizer))
        case "Lowercase": return .lowercase
        case "NFC": return .form(.composed)
        case "NFD": return .form(.decomposed)
        case "NFKC": return .form(.composedCompatibly)
        case "NFKD": return .form(.decomposedCompatibly)
        case "StripAccents": return .stripAccents
        case "Nmt": return .nmt
        case "ByteLevel": return .bytes
        case "BertNormalizer":
            let lowercases = value["lowercase"]?.bool ?? true
            return .bert(
                BertNormalization(
                    cleansText: value["clean_text"]?.bool ?? true,
                    separatesChinese: value["handle_chinese_chars"]?.bool ?? true,
                    stripsAccents: value["strip_accents"]?.bool ?? lowercases, lowercases: lowercases))
        case "Strip", "StripNormalizer":
            return .strip(left: value["strip_left"]?.bool ?? true, right: value["strip_right"]?.bool ?? true)
        case "Replace":
            guard let content = value["content"]?.utf8 else { throw failure("'\(source)': Replace has no content") }
            return .replace(try pattern(value), with: content)
        case "Prepend":
            guard let prefix = value["prepend"]?.utf8 else { throw failure("'\(source)': Prepend has no text") }
            return .prepend(prefix)
        case "Precompiled":
            guard let map = value["precompiled_charsmap"]?.string else { return nil }
            return .precompiled(try PrecompiledMap(base64: map))
        default: throw unknown("normalizer", type)
        }
    }

    private func pattern(_ value: JSONDocument.Value) throws -> TextPattern {
        if let text = value["pattern"]?["String"]?.string { return TextPattern(literal: text) }
        if let expression = value["pattern"]?["Regex"]?.string { return try TextPattern(expression) }
        throw failure("'\(source)' has a pattern that is neither a text nor an expression")
    }

    // MARK: - Pre-tokenisers

    func preTokenizer(_ value: JSONDocument.Value) throws -> PreTokenizer? {
        let type = try type(of: value, "pre-tokenizer")
        switch type {
        case "Sequence": return .sequence(try (value["pretokenizers"]?.elements ?? []).compactMap(preTokenizer))
        case "Whitespace": return .whitespace
        case "WhitespaceSplit": return .whitespaceSplit
        case "BertPreTokenizer": return .bert
        case "ByteLevel":
            let usesPattern = value["use_regex"]?.bool ?? true
            return .byteLevel(
                addsPrefixSpace: value["add_prefix_space"]?.bool ?? true,
                usesPattern ? try TextPattern(PreTokenizer.gpt2) : nil)
        case "Metaspace": return try metaspace(value)
        case "Split":
            return .split(try pattern(value), try behavior(value), isInverted: value["invert"]?.bool ?? false)
        case "Punctuation": return .punctuation(try behavior(value))
        case "Digits": return .digits(areSingle: value["individual_digits"]?.bool ?? false)
        case "CharDelimiterSplit":
            guard let scalar = value["delimiter"]?.string?.unicodeScalars.first else {
                throw failure("'\(source)': CharDelimiterSplit has no delimiter")
            }
            return .delimiter(scalar.value)
        default: throw unknown("pre-tokenizer", type)
        }
    }

    private func behavior(_ value: JSONDocument.Value) throws -> SplitBehavior {
        guard let name = value["behavior"]?.string else { return .isolated }
        guard let behavior = SplitBehavior(rawValue: name) else { throw unknown("behavior", name) }
        return behavior
    }

    private func metaspace(_ value: JSONDocument.Value) throws -> PreTokenizer {
        let replacement = value["replacement"]?.utf8 ?? Array("▁".utf8)
        guard !replacement.isEmpty else { throw failure("'\(source)': Metaspace replaces blanks by nothing") }
        let prepending: PreTokenizer.Prepending
        switch value["prepend_scheme"]?.string {
        case "always": prepending = .always
        case "first": prepending = .first
        case "never": prepending = .never
        case nil: prepending = value["add_prefix_space"]?.bool ?? true ? .always : .never
        case let name?: throw unknown("prepend scheme", name)
        }
        return .metaspace(replacement: replacement, prepending, splits: value["split"]?.bool ?? true)
    }

    // MARK: - Added tokens and what stands around a text

    func addedToken(_ value: JSONDocument.Value, _ vocabulary: inout TokenList) throws -> AddedTokens.Token {
        guard let content = value["content"]?.utf8, let own = value["id"]?.integer, own >= 0, own < TokenList.most
        else {
            throw failure("'\(source)' has an added token without content or id")
        }
        let text = String(decoding: content, as: UTF8.self)
        // A token that the model has keeps the model's id.
        let id = vocabulary.id(of: text) ?? Int32(own)
        vocabulary.add(text, Int(id))
        let isSpecial = value["special"]?.bool ?? false
        return AddedTokens.Token(
            content: content, id: id, isSingleWord: value["single_word"]?.bool ?? false,
            stripsLeft: value["lstrip"]?.bool ?? false, stripsRight: value["rstrip"]?.bool ?? false,
            isNormalized: value["normalized"]?.bool ?? !isSpecial, isSpecial: isSpecial)
    }

    /// The ids before and behind a text of its own.
    func frame(_ value: JSONDocument.Value) throws -> (prefix: [Int32], suffix: [Int32]) {
        let type = try type(of: value, "post-processor")
        switch type {
        case "ByteLevel": return ([], [])
        case "BertProcessing", "RobertaProcessing":
            guard let first = value["cls"]?.elements.last?.id, let last = value["sep"]?.elements.last?.id
            else { throw failure("'\(source)': \(type) lacks its tokens") }
            return ([first], [last])
        case "Sequence":
            var (prefix, suffix): ([Int32], [Int32]) = ([], [])
            for processor in value["processors"]?.elements ?? [] {
                let inner = try frame(processor)
                (prefix, suffix) = (inner.prefix + prefix, suffix + inner.suffix)
            }
            return (prefix, suffix)
        case "TemplateProcessing": return try template(value)
        default: throw unknown("post-processor", type)
        }
    }

    private func template(_ value: JSONDocument.Value) throws -> (prefix: [Int32], suffix: [Int32]) {
        var (prefix, suffix): ([Int32], [Int32]) = ([], [])
        var sequences = 0
        for piece in value["single"]?.elements ?? [] {
            if piece["Sequence"] != nil {
                sequences += 1
                continue
            }
            guard let name = piece["SpecialToken"]?["id"]?.string, let ids = value["special_tokens"]?[name]?["ids"]
            else {
                throw failure("'\(source)': its template has a piece without tokens")
            }
            for id in ids.elements {
                guard let id = id.id else {
                    throw failure("'\(source)': its template has an id that is no number")
                }
                if sequences == 0 { prefix.append(id) } else { suffix.append(id) }
            }
        }
        guard sequences == 1 else {
            throw failure(
                "'\(source)': its template has the text \(sequences) times, but Attar reads templates with one")
        }
        return (prefix, suffix)
    }
}

extension JSONDocument.Value {
    /// A whole number that fits into a token's id; nil for other values.
    var id: Int32? { integer.flatMap(Int32.init(exactly:)) }
}
