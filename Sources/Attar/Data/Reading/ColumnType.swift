/// As what a person wants a column to be read, by the word for it.
public struct ColumnType: Hashable, Sendable {
    /// The word.
    public let rawValue: String
    /// The type; nil for a column that is left out.
    let kind: Column.Kind?
    /// How the values are written, where the word says so.
    let notation: Notation?

    private init(_ rawValue: String, _ kind: Column.Kind?, _ notation: Notation? = nil) {
        (self.rawValue, self.kind, self.notation) = (rawValue, kind, notation)
    }

    /// All words.
    public static let all = [
        ColumnType("numeric", .numeric), ColumnType("categorical", .categorical), ColumnType("text", .text),
        ColumnType("date", .date), ColumnType(DateNotation.dayFirst.rawValue, .date, .dates(.dayFirst)),
        ColumnType(DateNotation.monthFirst.rawValue, .date, .dates(.monthFirst)), ColumnType("unused", nil),
    ]

    /// A column's name and the type behind it: `zip=categorical`. The name may have such signs, too.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    package static func parsed(_ entry: String) throws -> (name: String, type: ColumnType) {
        guard let place = entry.lastIndex(of: "="), place > entry.startIndex else {
            throw AttarError(
                .invalidSetting, "'\(entry)' is no column with a type", remedy: "Write for example zip=categorical")
        }
        let word = entry[entry.index(after: place)...].trimmingBlanks()
        guard let type = all.first(where: { $0.rawValue == word }) else {
            throw AttarError(
                .invalidSetting, "'\(word)' in '\(entry)' is no type of a column",
                remedy: didYouMean(word, among: all.map(\.rawValue)))
        }
        return (entry[..<place].trimmingBlanks(), type)
    }
}

extension ReadingOptions {
    /// Reads a column as a type.
    package mutating func read(_ name: String, as type: ColumnType) {
        types[name] = type.kind
        notations[name] = type.notation
        if type.kind == nil { unused.insert(name) } else { unused.remove(name) }
    }
}
