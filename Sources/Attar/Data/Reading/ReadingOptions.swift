/// How a data file is read.
public struct ReadingOptions: Sendable {
    /// Types that columns must have, by name; the others are inferred over all rows. A model's schema goes here when rows are
    /// read for that model. Names that the file does not have are ignored.
    public var types: [String: Column.Kind]
    /// How the numbers and dates of columns are known to be written, by name: what a model was trained on. Where it is not known, the values tell.
    public var notations: [String: Notation]
    /// Columns that are left out, by name.
    public var unused: Set<String>
    /// The character between fields of CSV: a comma, semicolon, tab or bar; nil takes the one that header and first rows have.
    public var delimiter: Character?
    /// What stands before the fraction of a number in text files; nil goes by the values.
    public var decimal: NumberNotation.Decimal?
    /// Whether the first line of CSV names the columns; nil takes it for names unless it is all numbers that do not count the columns.
    public var hasHeader: Bool?

    /// Texts that stand for themselves, by column: what is read as one of them stays as it stands, with the blanks around it, though it looks like a
    /// number, or like what is written where a value is missing. Columns that are named here are categorical.
    public var literals: [String: Set<String>]
    /// Numbers that stand for missing values, such as -999, in every column.
    public var missing: [Float]

    /// By default everything is inferred.
    public init(
        types: [String: Column.Kind] = [:], notations: [String: Notation] = [:], unused: Set<String> = [],
        delimiter: Character? = nil, decimal: NumberNotation.Decimal? = nil, hasHeader: Bool? = nil,
        literals: [String: Set<String>] = [:], missing: [Float] = []
    ) {
        (self.types, self.notations, self.unused) = (types, notations, unused)
        (self.delimiter, self.decimal, self.hasHeader) = (delimiter, decimal, hasHeader)
        (self.literals, self.missing) = (literals, missing)
    }

    /// Reading rows for a model: its columns have the types and notations that they had in training, and what stood for itself or for nothing there does so again.
    public init(for encoder: FeatureEncoder) {
        self.init()
        suit(encoder)
    }

    /// Takes over what a model has to have: the types and notations of its columns, texts that stand for themselves, and numbers that stand for nothing.
    public mutating func suit(_ encoder: FeatureEncoder) {
        (types, notations) = (encoder.schema, encoder.notations)
        missing += encoder.missing.filter { !missing.contains($0) }
        add(literals: encoder.categories)
    }

    /// The same with the types and notations that the columns of other rows turned out to have, before target, weights, group and time are taken out of them.
    public func matching(_ rows: Dataset) -> ReadingOptions {
        var options = self
        for column in rows.columns where column.kind != .tensor {
            options.types[column.name] = column.kind
            options.notations[column.name] = column.notation ?? (column.kind == .numeric ? .numbers(.plain) : nil)
        }
        return options
    }

    /// Lets texts stand for themselves in those columns in which a reader would make something else of one of them, unless somebody wants the column as something else.
    ///
    /// - Parameter categories: all categories that somebody knows, by column.
    public mutating func add(literals categories: [String: [String]]) {
        for (column, texts) in categories where [nil, .categorical].contains(types[column]) {
            guard literals[column] != nil || texts.contains(where: \.isChangedByReading) else { continue }
            literals[column, default: []].formUnion(texts)
        }
    }

    /// What rows that are read so have to tell.
    var trace: ReadingTrace {
        var trace = ReadingTrace(literals: Set(literals.keys), missing: missing)
        trace.declared = Set(types.keys)
        return trace
    }

    /// The type that a column must have; nil where it is inferred.
    func type(of column: String) -> Column.Kind? { literals[column] == nil ? types[column] : .categorical }
}
