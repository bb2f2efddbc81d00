/// A document in Universal Binary JSON (specification draft 12), the format in which XGBoost saves its models.
///
/// Arrays of numbers of one type stay arrays of numbers, so that a model of a million nodes is read without a million boxes.
package enum UBJSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case integers([Int64])
    case floats([Float])
    case array([UBJSONValue])
    case object([String: UBJSONValue])

    /// The member of an object, or nil.
    package subscript(key: String) -> UBJSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The elements of an array of whole numbers, typed or not; nil for anything else.
    package var integerElements: [Int64]? {
        switch self {
        case .integers(let values): return values
        case .array(let elements):
            let values = elements.compactMap { if case .integer(let value) = $0 { value } else { nil } }
            return values.count == elements.count ? values : nil
        default: return nil
        }
    }

    /// The elements of an array of 32-bit floats; nil for anything else.
    package var floatElements: [Float]? {
        switch self {
        case .floats(let values): values
        case .array(let elements) where elements.isEmpty: []
        default: nil
        }
    }
}
