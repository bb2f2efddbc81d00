internal import Foundation
internal import GRDB

/// The values of a row of an index that somebody else may have written: each is asked for with its type, and another is an error, not a trap.
extension Row {
    /// A text.
    func text(_ column: String) throws -> String {
        guard case .string(let text) = value(column) else { throw wrong(column, "a text") }
        return text
    }

    /// A text, or nothing.
    func optionalText(_ column: String) throws -> String? {
        if case .null = value(column) { return nil }
        return try text(column)
    }

    /// A whole number.
    func whole(_ column: String) throws -> Int64 {
        guard case .int64(let number) = value(column) else { throw wrong(column, "a whole number") }
        return number
    }

    /// A whole number in a range.
    func count(_ column: String, in range: ClosedRange<Int>) throws -> Int {
        let number = try whole(column)
        guard let count = Int(exactly: number), range.contains(count) else {
            throw StoreFault("'\(column)' is \(number), where \(range.lowerBound) to \(range.upperBound) can be")
        }
        return count
    }

    /// A number, or nothing.
    func optionalNumber(_ column: String) throws -> Double? {
        switch value(column) {
        case .null: return nil
        case .int64(let number): return Double(number)
        case .double(let number) where number.isFinite: return number
        default: throw wrong(column, "a number")
        }
    }

    /// Bytes.
    func bytes(_ column: String) throws -> [UInt8] {
        guard case .blob(let data) = value(column) else { throw wrong(column, "bytes") }
        return [UInt8](data)
    }

    private func value(_ column: String) -> DatabaseValue.Storage { (self[column] as DatabaseValue).storage }

    private func wrong(_ column: String, _ wanted: String) -> StoreFault {
        StoreFault("'\(column)' is not \(wanted)")
    }
}

/// What is wrong with the contents of an index, as the end of a sentence.
struct StoreFault: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
