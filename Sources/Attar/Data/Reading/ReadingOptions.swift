/// How a data file is read.
public struct ReadingOptions: Sendable {
    /// Types that columns must have, by name; the others are inferred over all rows. A model's schema goes here when rows are
    /// read for that model. Names that the file does not have are ignored.
    public var types: [String: Column.Kind]
    /// The character between fields of CSV: a comma, semicolon or tab; nil takes the most frequent one of the header.
    public var delimiter: Character?

    /// By default everything is inferred.
    public init(types: [String: Column.Kind] = [:], delimiter: Character? = nil) {
        self.types = types
        self.delimiter = delimiter
    }
}
