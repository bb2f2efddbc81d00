/// Turns the columns of a data set into features; fitted once, on training rows only, and carried inside every model.
///
/// - A numeric column becomes (value − mean) / deviation, kept within ±`limit`; a missing value becomes 0, and a second feature
///   tells so where training rows lacked values. Numbers of `missing` count as missing values.
/// - A categorical column becomes a feature for each category, 1 for the row's own, and a last one for all else: categories
///   that training never saw, rare ones, and missing values.
/// - A tensor column becomes a feature for each element, with one mean and deviation for all, or for each channel of pictures
///   (h, w, c). Arrays named `tokens`, `ids`, `input_ids` or `token_ids` that hold whole numbers from 0 stay token ids.
/// - A column of dates becomes the numbers of `DateEncoding`: days, month, weekday, hour, as far as they differ between training rows.
/// - A column of texts becomes numbers of words or tokens, or a vector: see `TextEncoding`. Beside other columns names and codes are left out.
public struct FeatureEncoder: Hashable, Sendable {
    /// The columns that become features, in the order of the features.
    public let columns: [EncodedColumn]
    /// Columns of the training rows that are not used, such as names and row numbers beside texts.
    public let ignored: [String]
    /// Numbers that stand for missing values in every column, as they were read so in training.
    public let missing: [Float]
    /// Number of features that a row becomes.
    public let width: Int
    /// Number of values in a raw row: one a column, and one an element for tensors.
    public let rawWidth: Int

    /// Features are kept within ±this many deviations, so that they stay finite and squares of them, too. No training row of a
    /// table below 10¹² rows comes near.
    public static let limit: Float = 1e6
    /// The most categories of a column that get a feature of their own; the most frequent ones do.
    public static let mostCategories = 100

    /// The names of array columns that hold token ids, where all their values are whole numbers from 0.
    package static let tokenNames: Set<String> = ["tokens", "ids", "input_ids", "token_ids"]

    /// An encoder of known columns.
    package init(columns: [EncodedColumn], ignored: [String], missing: [Float] = []) {
        (self.columns, self.ignored, self.missing) = (columns, ignored, missing)
        width = columns.reduce(0) { $0 + $1.width }
        rawWidth = columns.reduce(0) { $0 + $1.rawWidth }
    }

    /// The features' names, in order: `age`, `age is missing`, `colour=red`, `colour=other`.
    public var features: [String] { columns.flatMap(\.features) }

    /// The columns' types by name: `ReadingOptions.types` for rows that this encoder is to encode.
    public var schema: [String: Column.Kind] {
        Dictionary(uniqueKeysWithValues: columns.filter { $0.kind != .tensor }.map { ($0.name, $0.kind) })
    }

    /// How the numbers and dates of the columns are written, by name: `ReadingOptions.notations` for rows that this encoder is to encode.
    public var notations: [String: Notation] {
        Dictionary(
            columns.compactMap { column -> (String, Notation)? in
                if let dates = column.dates { return (column.name, .dates(dates.notation)) }
                return column.kind == .numeric ? (column.name, .numbers(column.numbers ?? .plain)) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The categories that it knows, by column.
    public var categories: [String: [String]] {
        Dictionary(uniqueKeysWithValues: columns.filter { $0.kind == .categorical }.map { ($0.name, $0.categories) })
    }

    /// The columns of a data set that training did not have, in their order. They are not used.
    public func unexpectedColumns(in rows: Dataset) -> [String] {
        var known = Set(columns.map(\.name) + ignored)
        // An array of another name that stands for the model's only one.
        let arrays = columns.filter { $0.kind == .tensor }
        let own = rows.columns.filter { $0.kind == .tensor }
        if arrays.count == 1, own.count == 1, rows.column(named: arrays[0].name) == nil { known.insert(own[0].name) }
        return rows.columns.map(\.name).filter { !known.contains($0) }
    }
}

extension FeatureEncoder: Codable {
    private enum CodingKeys: String, CodingKey {
        case columns, ignored, missing
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let columns = try container.decode([EncodedColumn].self, forKey: .columns)
        if columns.isEmpty || Set(columns.map(\.name)).count < columns.count {
            throw AttarError(.malformedArtifact, "the feature columns are none, or not distinct")
        }
        self.init(
            columns: columns, ignored: try container.decodeIfPresent([String].self, forKey: .ignored) ?? [],
            missing: try container.decodeIfPresent([Float].self, forKey: .missing) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(columns, forKey: .columns)
        if !ignored.isEmpty { try container.encode(ignored, forKey: .ignored) }
        if !missing.isEmpty { try container.encode(missing, forKey: .missing) }
    }
}
