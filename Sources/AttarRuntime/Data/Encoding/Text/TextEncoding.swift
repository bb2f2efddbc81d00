internal import Foundation

/// How the texts of one column become numbers: everything that is needed to do it again, in an artifact too.
///
/// - `ngrams`, `words`: bucket numbers from 1 to `buckets`, 0 behind the last; what is beyond `length` is left out.
/// - `tokens`: a tokenizer's tokens, numbered from 1 as they are among those that training texts had; the last number is for all
///   others, 0 stands behind the last.
/// - `terms`: a vector of the terms that training texts have most to tell by, see `TextTerms`.
/// - `folded`: a vector of length 1 (or 0, of an empty text), each bucket the sum of its n-grams' signs.
public struct TextEncoding: Sendable {
    /// The way.
    public let method: TextMethod
    /// The numbers that a text becomes.
    public let length: Int
    /// The tokenizer, of `tokens`.
    public let tokenizer: Tokenizer?
    /// The tokens that have a number of their own, in rising order; nil for all of the tokenizer.
    package let kept: [Int32]?
    /// The terms that are features, of `terms`.
    public let terms: TextTerms?
    /// Each token's number.
    private let places: [Int32]

    /// The number of different numbers, 0 among them; 0 for a vector.
    public var vocabulary: Int {
        switch method.kind {
        case .folded, .terms: 0
        case .tokens: (kept?.count ?? tokenizer?.vocabulary.count ?? 0) + 2
        default: method.buckets + 2
        }
    }

    /// Terms that are features.
    package init(_ terms: TextTerms, most: Int) {
        (method, length, self.terms) = (TextMethod(.terms, buckets: most), terms.names.count, terms)
        (tokenizer, kept, places) = (nil, nil, [])
    }

    /// Hashed terms, or ids of words or of a tokenizer's tokens.
    ///
    /// - Parameters:
    ///   - length: numbers or ids a text becomes.
    ///   - tokenizer: what parts texts into tokens; nil for words.
    ///   - kept: the tokens that have an id of their own, all others share one; nil where all have.
    package init(_ method: TextMethod, length: Int, tokenizer: Tokenizer? = nil, kept: [Int32]? = nil) {
        (self.method, self.length, self.tokenizer, self.kept) = (method, length, tokenizer, kept)
        terms = nil
        guard let tokenizer else {
            places = []
            return
        }
        guard let kept else {
            places = tokenizer.vocabulary.indices.map { Int32($0 + 1) }
            return
        }
        var places = [Int32](repeating: Int32(kept.count + 1), count: tokenizer.vocabulary.count)
        for (place, id) in kept.enumerated() { places[Int(id)] = Int32(place + 1) }
        self.places = places
    }

    /// The numbers of some texts, (texts.count, length).
    package func values(of texts: [String]) -> [Float] {
        let block = 256
        let blocks = try? concurrently((texts.count + block - 1) / block, threads: availableThreads()) { index in
            let own = texts[index * block..<min(texts.count, (index + 1) * block)]
            var values = [Float](repeating: 0, count: own.count * length)
            if let tokenizer {
                let ids = tokenizer.encodeBatch(Array(own), maxLength: length, addsSpecialTokens: false)
                for (row, ids) in ids.enumerated() {
                    for (place, id) in ids.enumerated() { values[row * length + place] = Float(places[Int(id)]) }
                }
            } else {
                for (row, text) in own.enumerated() { encode(text, into: &values, at: row * length) }
            }
            return values
        }
        return (blocks ?? []).flatMap { $0 }
    }

    private func encode(_ text: String, into values: inout [Float], at start: Int) {
        if let terms { return terms.encode(text, into: &values, at: start) }
        let hasher = TextHasher(text)
        let buckets = UInt64(method.buckets)
        guard method.kind == .folded else {
            var place = 0
            hasher.forEachFeature(ordered: method.kind == .words) { hash in
                if place < length { values[start + place] = Float(1 + hash % buckets) }
                place += 1
            }
            return
        }
        hasher.forEachFeature(ordered: false) { hash in
            values[start + Int(hash % buckets)] += hash >> 63 == 0 ? 1 : -1
        }
        var squares: Float = 0
        for place in start..<start + length { squares += values[place] * values[place] }
        guard squares > 0 else { return }
        let scale = 1 / squares.squareRoot()
        for place in start..<start + length { values[place] *= scale }
    }
}

extension TextEncoding: Hashable {
    public static func == (one: TextEncoding, other: TextEncoding) -> Bool {
        one.method == other.method && one.length == other.length && one.kept == other.kept && one.terms == other.terms
            && one.tokenizer?.file == other.tokenizer?.file
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(length)
        hasher.combine(kept)
        hasher.combine(tokenizer?.file.count)
    }
}

extension TextEncoding: Codable {
    private enum CodingKeys: String, CodingKey { case method, length, kept, tokenizer, terms }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let damaged = AttarError(.malformedArtifact, "the encoding of its texts is damaged")
        let method = try TextMethod(container.decode(String.self, forKey: .method))
        let length = try container.decode(Int.self, forKey: .length)
        let tokenizer = try container.decodeIfPresent(String.self, forKey: .tokenizer).map(Tokenizer.init(packed:))
        let kept = try container.decodeIfPresent([Int32].self, forKey: .kept)
        if let terms = try container.decodeIfPresent(TextTerms.self, forKey: .terms) {
            guard method.kind == .terms, length == terms.names.count, tokenizer == nil, kept == nil else {
                throw damaged
            }
            self.init(terms, most: method.buckets)
            return
        }
        guard method.kind != .terms, method.kind != .none else { throw damaged }
        guard (1...1 << 22).contains(length), (method.kind == .tokens) == (tokenizer != nil),
            method.kind != .folded || length == method.buckets
        else { throw damaged }
        if let kept, let tokenizer {
            guard kept.allSatisfy({ $0 >= 0 && Int($0) < tokenizer.vocabulary.count }), Set(kept).count == kept.count
            else { throw damaged }
        }
        self.init(method, length: length, tokenizer: tokenizer, kept: kept)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(method.description, forKey: .method)
        try container.encode(length, forKey: .length)
        try container.encodeIfPresent(kept, forKey: .kept)
        try container.encodeIfPresent(tokenizer?.packed(), forKey: .tokenizer)
        try container.encodeIfPresent(terms, forKey: .terms)
    }
}
