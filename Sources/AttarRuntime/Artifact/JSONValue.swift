internal import Foundation

/// Any JSON document, for settings whose shape only their owner knows.
public enum JSONValue: Hashable, Codable, Sendable {
    /// No value.
    case null
    /// True or false.
    case bool(Bool)
    /// A number, finite.
    case number(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Values by name.
    case object([String: JSONValue])

    /// The JSON of a codable value.
    ///
    /// - Throws: where the value holds a number that JSON cannot write (NaN or infinite).
    public init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }

    /// Parses a JSON text.
    public init(parsing text: String) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    /// The codable value that this JSON stands for.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where it does not fit.
    public func decoded<T: Decodable>(as type: T.Type = T.self) throws -> T {
        do {
            return try JSONDecoder().decode(T.self, from: JSONEncoder().encode(self))
        } catch {
            throw AttarError(.malformedArtifact, "its \(T.self) cannot be read", underlying: error)
        }
    }

    /// The JSON text with sorted keys, on one line or indented.
    public func text(indented: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if indented { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The same with all numbers that are not whole rounded to so many digits that count.
    package func rounded(digits: Int) -> JSONValue {
        switch self {
        case .number(let value) where value != value.rounded():
            .number(Double(String(format: "%.\(digits)g", value)) ?? value)
        case .array(let values): .array(values.map { $0.rounded(digits: digits) })
        case .object(let members): .object(members.mapValues { $0.rounded(digits: digits) })
        default: self
        }
    }

    /// The member of an object, or nil.
    public subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
