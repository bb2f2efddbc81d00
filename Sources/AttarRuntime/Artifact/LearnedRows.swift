internal import Foundation

/// Which rows a model learned from, as far as a small file can say: enough to notice when it is tested on them.
///
/// Rows are kept as hashes of their contents, from which they cannot be told. Of all hashes the smallest 512 are kept, of 32 bits each: two kilobytes at most, whatever the
/// table's size. Of other rows those are looked for whose hashes are as small, a fair sample of them.
public struct LearnedRows: Hashable, Sendable {
    /// At most so many hashes are kept.
    public static let most = 512

    /// How many rows the model learned from.
    public let count: Int
    /// The share of those rows that had equals among them by chance, as rows of a few flags have: new rows will be equal to them as often.
    public let chance: Double
    /// Columns that do not count, since they only name or number rows.
    public let without: [String]
    /// The smallest hashes, in ascending order, each once.
    public let hashes: [UInt32]
    /// Whether these are all that there were.
    public let isComplete: Bool

    /// What is kept of rows.
    ///
    /// - Parameter hashes: one for each row, in any order.
    package init(hashes: [UInt32], chance: Double, without: [String]) {
        let distinct = Set(hashes).sorted()
        count = hashes.count
        (self.chance, self.without) = (chance, without)
        self.hashes = Array(distinct.prefix(Self.most))
        isComplete = distinct.count <= Self.most
    }

    /// Of rows with the given hashes, how many can be looked for, and how many of them were learned from.
    package func found(among others: [UInt32]) -> (found: Int, looked: Int) {
        guard let largest = hashes.last else { return (0, 0) }
        let looked = isComplete ? others : others.filter { $0 <= largest }
        let known = Set(hashes)
        return (looked.count(where: known.contains), looked.count)
    }
}

extension LearnedRows: Codable {
    private enum CodingKeys: String, CodingKey {
        case count, chance, without, hashes, isComplete
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        count = try container.decode(Int.self, forKey: .count)
        chance = try container.decodeIfPresent(Double.self, forKey: .chance) ?? 0
        without = try container.decodeIfPresent([String].self, forKey: .without) ?? []
        isComplete = try container.decodeIfPresent(Bool.self, forKey: .isComplete) ?? false
        let bytes = Data(base64Encoded: try container.decode(String.self, forKey: .hashes))
        guard let bytes, bytes.count.isMultiple(of: 4), bytes.count <= 4 * Self.most else {
            throw AttarError(.malformedArtifact, "the record of the rows that it learned from is damaged")
        }
        hashes = stride(from: 0, to: bytes.count, by: 4).map { place in
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        if chance > 0 { try container.encode(chance, forKey: .chance) }
        if !without.isEmpty { try container.encode(without, forKey: .without) }
        if isComplete { try container.encode(true, forKey: .isComplete) }
        let bytes = hashes.flatMap { hash in (0..<4).map { UInt8(truncatingIfNeeded: hash >> UInt32(8 * $0)) } }
        try container.encode(Data(bytes).base64EncodedString(), forKey: .hashes)
    }
}
