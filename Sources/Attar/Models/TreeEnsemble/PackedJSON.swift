/// A JSON document whose arrays of numbers are packed: what XGBoost saves, whether as JSON or as Universal Binary JSON.
///
/// Arrays of numbers of one type stay arrays of numbers, so that a model of a million nodes is read without a million boxes.
package enum PackedJSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case integers([Int64])
    case floats([Float])
    case array([PackedJSON])
    case object([String: PackedJSON])

    /// Reads a JSON text, in which NaN and infinities may stand, as the libraries that save models write them. Arrays of numbers of which one has a point or an
    /// exponent are 32-bit floats, rounded correctly.
    ///
    /// - Parameter dropping: names of members that are read and left out.
    /// - Throws: `AttarError` (`malformedData`) with the place where it is no JSON.
    package init(parsing bytes: [UInt8], dropping: Set<String> = []) throws {
        do {
            self.init(try JSONDocument(bytes, allowing: .nonFiniteNumbers).root, dropping: dropping)
        } catch {
            throw AttarError(.malformedData, "it is not JSON: \(error.text)")
        }
    }

    private init(_ value: JSONDocument.Value, dropping: Set<String>) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool == true)
        case .number: self = value.integer.map { .integer(Int64($0)) } ?? .number(value.number ?? .nan)
        case .string: self = .string(value.string ?? "")
        case .array:
            self =
                value.integers.map(PackedJSON.integers) ?? value.floats.map(PackedJSON.floats)
                ?? .array(value.elements.map { PackedJSON($0, dropping: dropping) })
        case .object:
            var members: [String: PackedJSON] = [:]
            value.forEachMember { name, value in
                let name = name.string ?? ""
                members[name] = dropping.contains(name) ? .null : PackedJSON(value, dropping: dropping)
            }
            self = .object(members)
        }
    }

    /// The member of an object, or nil.
    package subscript(key: String) -> PackedJSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The elements of an array of whole numbers, packed or not; true and false count as 1 and 0. Nil for anything else.
    package var integerElements: [Int64]? {
        switch self {
        case .integers(let values): return values
        case .array(let elements):
            let values = elements.compactMap { element -> Int64? in
                switch element {
                case .integer(let value): value
                case .bool(let value): value ? 1 : 0
                default: nil
                }
            }
            return values.count == elements.count ? values : nil
        default: return nil
        }
    }

    /// The elements of an array of numbers, packed or not, as 32-bit floats; nil for anything else.
    package var floatElements: [Float]? {
        switch self {
        case .floats(let values): return values
        case .integers(let values): return values.map(Float.init)
        case .array(let elements):
            let values = elements.compactMap { element -> Float? in
                switch element {
                case .integer(let value): Float(value)
                case .number(let value): Float(value)
                default: nil
                }
            }
            return values.count == elements.count ? values : nil
        default: return nil
        }
    }

    /// The elements of an array of texts; nil for anything else.
    package var stringElements: [String]? {
        guard case .array(let elements) = self else { return nil }
        let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
        return texts.count == elements.count ? texts : nil
    }

    /// The elements of an array; nil for anything else, and for packed numbers.
    package var elements: [PackedJSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// A text; nil for anything else.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A whole number, written as one or as a text; nil for anything else.
    package var whole: Int64? {
        switch self {
        case .integer(let value): value
        case .string(let text): Int64(text)
        default: nil
        }
    }
}
