internal import Foundation

/// The terms of a column of texts that are features by themselves: words, pairs of words, and runs of characters in scripts without blanks.
///
/// A text becomes a vector of its terms' weights, brought to the length `scale`; a text without any of them is 0.
public struct TextTerms: Sendable {
    /// The terms, in the order of the features.
    public let names: [String]
    /// How much each counts, above 0: the rarer, the more.
    public let weights: [Float]
    /// The length of a text's vector, above 0: such that a term counts about 1, as a number one deviation from its mean does.
    public let scale: Float
    /// Each term's place among the names by its hash.
    private let places: [UInt64: Int32]

    /// Terms with their weights.
    ///
    /// - Precondition: as many weights as names.
    package init(names: [String], weights: [Float], scale: Float) {
        precondition(names.count == weights.count, "a weight for each term")
        (self.names, self.weights, self.scale) = (names, weights, scale)
        places = Dictionary(
            names.enumerated().map { (TextHasher.hash(ofTerm: $1), Int32($0)) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// Writes a text's vector at a place; what is there is 0.
    func encode(_ text: String, into values: inout [Float], at start: Int) {
        TextHasher(text).forEachTerm { hash, _, _ in
            if let place = places[hash] { values[start + Int(place)] = weights[Int(place)] }
        }
        var squares: Float = 0
        for place in start..<start + names.count { squares += values[place] * values[place] }
        guard squares > 0 else { return }
        let factor = scale / squares.squareRoot()
        for place in start..<start + names.count { values[place] *= factor }
    }
}

extension TextTerms: Hashable {
    public static func == (one: TextTerms, other: TextTerms) -> Bool {
        one.names == other.names && one.weights == other.weights && one.scale == other.scale
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(names)
        hasher.combine(weights)
        hasher.combine(scale)
    }
}

extension TextTerms: Codable {
    private enum CodingKeys: String, CodingKey { case names, weights, scale }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let names = try container.decode([String].self, forKey: .names)
        let weights = try container.decode([Float].self, forKey: .weights)
        let scale = try container.decode(Float.self, forKey: .scale)
        guard !names.isEmpty, names.count == weights.count, Set(names).count == names.count,
            (weights + [scale]).allSatisfy({ $0.isFinite && $0 > 0 })
        else { throw AttarError(.malformedArtifact, "the terms of its texts are damaged") }
        self.init(names: names, weights: weights, scale: scale)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(names, forKey: .names)
        try container.encode(weights, forKey: .weights)
        try container.encode(scale, forKey: .scale)
    }
}
