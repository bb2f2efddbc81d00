import Attar
import Testing

/// What a column holds, where a test knows its kind: of another kind the test fails, instead of looking at nothing.
extension Column {
    /// The numbers.
    func requiredNumbers() throws -> [Float] {
        guard case .numeric(let values) = storage else { throw WrongKind(self, expected: "numbers") }
        return values
    }

    /// The codes of categories, −1 where missing.
    func requiredCodes() throws -> [Int32] {
        guard case .categorical(let codes, _) = storage else { throw WrongKind(self, expected: "categories") }
        return codes
    }

    /// The names of categories.
    func requiredCategories() throws -> [String] {
        guard case .categorical(_, let categories) = storage else { throw WrongKind(self, expected: "categories") }
        return categories
    }

    /// The texts.
    func requiredTexts() throws -> [String] {
        guard case .text(let texts) = storage else { throw WrongKind(self, expected: "texts") }
        return texts
    }

    /// The numbers of an array a row, and the array's shape.
    func requiredArrays() throws -> (values: [Float], shape: [Int]) {
        guard case .tensor(let values, let shape) = storage else { throw WrongKind(self, expected: "arrays") }
        return (values, shape)
    }

    /// The same of bytes.
    func requiredBytes() throws -> (values: [UInt8], shape: [Int]) {
        guard case .bytes(let values, let shape) = storage else { throw WrongKind(self, expected: "bytes") }
        return (values, shape)
    }
}

/// A column of another kind than a test expects.
private struct WrongKind: Error, CustomStringConvertible {
    let description: String

    init(_ column: Column, expected: String) {
        description = "the column '\(column.name)' holds \(column.kind), and no \(expected)"
    }
}
