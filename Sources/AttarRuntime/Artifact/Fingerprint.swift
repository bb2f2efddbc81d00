/// A SHA-256 hash that names data or a model: equal contents, equal fingerprint.
public struct Fingerprint: Hashable, Codable, Sendable, CustomStringConvertible {
    /// 64 hexadecimal digits.
    public let hex: String

    /// The fingerprint that was written down earlier.
    public init(hex: String) { self.hex = hex }

    public var description: String { hex }

    /// The first 12 digits, enough to tell fingerprints apart by eye.
    public var short: String { String(hex.prefix(12)) }

    public init(from decoder: any Decoder) throws {
        hex = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
