/// A column that names or counts rows and says nothing of them.
package struct IdentifierColumn: Hashable {
    /// The column.
    package let name: String
    /// Why it is one, as the rest of a sentence: `counts the rows`.
    package let reason: String
}

extension Dataset {
    /// Fewest rows that tell an identifier from a column whose values happen to differ.
    static let fewestForIdentifiers = 20

    /// The columns that only name or count rows: whole numbers without repetition that leave few out or only rise, and codes of one length, another in every row.
    package var identifierColumns: [IdentifierColumn] {
        guard count >= Self.fewestForIdentifiers else { return [] }
        return columns.compactMap { column in
            reason(column).map { IdentifierColumn(name: column.name, reason: $0) }
        }
    }

    private func reason(_ column: Column) -> String? {
        switch column.storage {
        case .numeric(let values):
            // The first values tell nearly all columns of measurements.
            guard values[0] == values[0].rounded(), let numbers = column.wholeNumbers,
                !numbers.contains(Column.missingWhole), Set(numbers).count == count, let least = numbers.min(),
                let most = numbers.max()
            else { return nil }
            if zip(numbers, numbers.dropFirst()).allSatisfy(<) {
                return "rises from row to row, as a row's number does"
            }
            return Double(most) - Double(least) < 1.5 * Double(count) ? "counts the rows" : nil
        case .text(let texts) where column.kind == .text:
            let length = texts[0].utf8.count
            guard length > 1, texts.allSatisfy({ $0.utf8.count == length && !$0.contains(" ") }),
                texts.contains(where: { $0.contains(where: \.isNumber) }), !column.holdsCodesOfDigits,
                Set(texts).count == count
            else { return nil }
            return "is another code in every row"
        case .categorical, .text, .tensor, .bytes: return nil
        }
    }
}
