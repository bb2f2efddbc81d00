/// What an answer has to hold: a sentence where it holds anything else.
extension JSONDocument.Value {
    private func fault(_ wanted: String) -> JSONFault {
        JSONFault(text: "'\(written.prefix(40))' stands where \(wanted) should")
    }

    /// A string.
    package func requiredString() throws -> String {
        guard let string else { throw fault("a text in quotes") }
        return string
    }

    /// A number; null is one that is missing.
    package func requiredNumber() throws -> Float {
        if isNull { return .nan }
        guard let float else { throw fault("a number") }
        return float
    }

    /// A whole number from 0.
    package func requiredCount() throws -> Int {
        guard let integer, integer >= 0 else { throw fault("a whole number from 0") }
        return integer
    }

    /// The elements of an array.
    package func requiredElements() throws -> [Self] {
        guard kind == .array else { throw fault("an array") }
        return elements
    }

    /// Appends a number, or those of an array and of all arrays inside it, in order.
    package func appendNumbers(to numbers: inout [Float]) throws {
        if append(to: &numbers) { return }
        guard kind == .array else { return numbers.append(try requiredNumber()) }
        try forEachElement { try $0.appendNumbers(to: &numbers) }
    }
}
