/// What the test rows say of a student besides its figures: how far its answers can be trusted, where, and when not.
///
/// Each part stands under its key; one that could not be measured is not there, and a reason then stands among the certificate's notes.
public struct Evidence: Sendable {
    private var results: [String: any EvidenceResult] = [:]

    /// No evidence yet.
    public init() {}

    /// The result of one part; nil where it was not measured.
    public subscript<Result: EvidenceResult>(_ type: Result.Type) -> Result? {
        get { results[Result.key] as? Result }
        set { results[Result.key] = newValue }
    }

    /// The result under a key; nil where there is none.
    public subscript(key: String) -> (any EvidenceResult)? { results[key] }

    /// Puts a result under its key.
    public mutating func add(_ result: some EvidenceResult) { self[type(of: result)] = result }

    /// The keys of what was measured, in alphabetical order.
    public var keys: [String] { results.keys.sorted() }
}

/// What one part of the evidence comes to.
public protocol EvidenceResult: Hashable, Codable, Sendable {
    /// The key under which it stands in JSON.
    static var key: String { get }

    /// The heading of its section in reports.
    static var heading: String { get }

    /// What a report shows of it. The parts that Attar brings have sections of their own instead.
    var exhibits: [Exhibit] { get }
}

extension EvidenceResult {
    /// The key as a heading.
    public static var heading: String { key.prefix(1).uppercased() + key.dropFirst() }

    /// Nothing is shown.
    public var exhibits: [Exhibit] { [] }
}

extension EvidenceResult {
    /// Whether another result is of the same part and the same.
    fileprivate func isEqual(to other: (any EvidenceResult)?) -> Bool { (other as? Self) == self }
}

extension Evidence: Hashable {
    public static func == (one: Evidence, other: Evidence) -> Bool {
        one.keys == other.keys && one.results.allSatisfy { $1.isEqual(to: other.results[$0]) }
    }

    public func hash(into hasher: inout Hasher) {
        for key in keys {
            if let result = results[key] { hasher.combine(result) }
        }
    }
}

extension Evidence: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Where a decoder's `userInfo` holds the parts that may be read, as `Registry<EvidencePart>`; without it those of Attar are.
    public static let parts = CodingUserInfoKey(rawValue: "attar.evidence")

    /// Parts that nobody has registered are read past.
    public init(from decoder: any Decoder) throws {
        let known =
            Self.parts.flatMap { decoder.userInfo[$0] as? Registry<EvidencePart> } ?? Catalogue.standard.evidence
        let container = try decoder.container(keyedBy: Key.self)
        func result<Result: EvidenceResult>(_ type: Result.Type, _ key: Key) throws -> any EvidenceResult {
            try container.decode(Result.self, forKey: key)
        }
        for key in container.allKeys {
            guard let part = known[key.stringValue] else { continue }
            results[key.stringValue] = try result(part.result, key)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (key, result) in results { try container.encode(result, forKey: Key(stringValue: key)) }
    }
}
