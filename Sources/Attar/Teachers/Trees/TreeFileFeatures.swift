internal import Compute

/// What the features of a model are, and which columns of a data set they come from.
struct TreeFileFeatures: Sendable {
    /// How many features a row of the model has.
    let count: Int
    /// Their names; empty where the file has none.
    let names: [String]
    /// Those that some tree splits on, in the order of the numbers that the trees are asked with.
    let used: [Int]
    /// The texts of the codes of categorical features, where the file keeps them.
    let categories: [Int: [String]]
    /// The features that are split on by category.
    let categorical: Set<Int>
    /// Whether a category between two whole numbers is the one nearer to 0; else what is below 0 is no category.
    let roundsTowardsZero: Bool
}

/// The columns that a model's features come from, settled once for a data set's columns.
struct TreeFileBinding: Sendable {
    /// Where the numbers of a feature come from.
    private struct Source: Sendable {
        let feature: Int
        let column: String
        /// The position in the column's array, for arrays; else 0.
        let offset: Int
        /// The numbers of the column's categories; nil where its own numbers are taken.
        let codes: [String: Float]?
    }

    private let sources: [Source]
    private let roundsTowardsZero: Bool
    private let categorical: Set<Int>
    /// What a reader of the results has to know, in sentences without their full stops.
    private(set) var notes: [String] = []

    /// What stands for the whole of it where teachers are told apart.
    var identity: String {
        sources.map { source in
            let codes = (source.codes ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(source.feature) \(source.column) \(source.offset) \(codes.joined(separator: ","))"
        }.joined(separator: "\n")
    }

    /// Matches features to columns: by name where the data has columns of all the names that the trees ask for, else by order.
    ///
    /// Blanks in names count as underscores, which is what LightGBM makes of them.
    /// - Throws: `AttarError` (`schemaMismatch`) naming what is missing: columns of some of the names, or as many columns as features.
    init(_ features: TreeFileFeatures, in rows: Dataset, named name: String) throws {
        let columns = rows.columns
        let byName = Dictionary(
            columns.indices.map { (Self.plain(columns[$0].name), $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = features.names.isEmpty ? [] : features.used.map { features.names[$0] }
        let found = wanted.map { byName[Self.plain($0)] }
        var places: [Int: (column: Int, offset: Int)] = [:]
        if !wanted.isEmpty, found.contains(where: { $0 != nil }) {
            if let index = found.firstIndex(where: { $0 == nil }) {
                throw AttarError(
                    .schemaMismatch,
                    "the trees in '\(name)' ask for '\(wanted[index])', which is no column of \(rows.source)",
                    remedy: didYouMean(wanted[index], among: columns.map(\.name)))
            }
            for (feature, column) in zip(features.used, found) { places[feature] = (column ?? 0, 0) }
        } else {
            let ordered = columns.indices.flatMap { index in
                (0..<Self.width(of: columns[index])).map { (column: index, offset: $0) }
            }
            guard ordered.count == features.count else {
                throw AttarError(
                    .schemaMismatch,
                    "the trees in '\(name)' have \(features.count) features, but \(rows.source) has \(ordered.count) columns besides the target",
                    remedy: features.names.isEmpty
                        ? "Give the columns that it was trained on, in their order"
                        : "Give the columns that it was trained on: \(features.names.prefix(6).joined(separator: ", "))\(features.count > 6 ? ", …" : "")"
                )
            }
            for feature in features.used { places[feature] = ordered[feature] }
            if let first = wanted.first, !Self.isNumbered(first) {
                notes.append(
                    "No column is named as the features in '\(name)' are (\(features.names.prefix(3).joined(separator: ", "))…): columns are taken in their order"
                )
            }
        }
        var taken: [String] = []
        sources = try features.used.map { feature in
            let place = places[feature] ?? (0, 0)
            let column = columns[place.column]
            let codes = try Self.codes(of: column, for: feature, in: features, named: name, taken: &taken)
            return Source(feature: feature, column: column.name, offset: place.offset, codes: codes)
        }
        notes += taken
        roundsTowardsZero = features.roundsTowardsZero
        categorical = features.categorical
    }

    /// The numbers of a column's texts; nil where the column's own numbers are what the model was trained on.
    private static func codes(
        of column: Column, for feature: Int, in features: TreeFileFeatures, named name: String, taken: inout [String]
    ) throws -> [String: Float]? {
        func numbered(_ names: [String]) -> [String: Float] {
            Dictionary(names.enumerated().map { ($1, Float($0)) }, uniquingKeysWith: { first, _ in first })
        }
        if let texts = features.categories[feature] { return numbered(texts) }
        guard column.texts != nil, let own = column.asCategories()?.names else {
            return nil
        }
        let truths = ["false": Float(0), "true": 1]
        if own.allSatisfy({ truths[$0.lowercased()] != nil }) {
            return Dictionary(uniqueKeysWithValues: own.map { ($0, truths[$0.lowercased()] ?? 0) })
        }
        guard features.categorical.contains(feature) else {
            throw AttarError(
                .schemaMismatch,
                "the trees in '\(name)' compare numbers of the column '\(column.name)', which holds texts",
                remedy: "Give that column as the numbers that the model was trained on")
        }
        let shown = own.prefix(4).joined(separator: ", ") + (own.count > 4 ? ", …" : "")
        taken.append(
            "'\(name)' does not say which text is which category of '\(column.name)': they are numbered in their order here, \(shown)"
        )
        return numbered(own)
    }

    private static func plain(_ name: String) -> String { String(name.map { $0.isWhitespace ? "_" : $0 }) }

    /// Whether a name is one that a library gives by itself, such as `Column_3` or `f3`.
    private static func isNumbered(_ name: String) -> Bool {
        ["Column_", "f", "x"].contains { name.hasPrefix($0) && Int(name.dropFirst($0.count)) != nil }
    }

    private static func width(of column: Column) -> Int {
        switch column.storage {
        case .tensor(_, let shape), .bytes(_, let shape): shape.reduce(1, *)
        default: 1
        }
    }

    // MARK: Rows

    /// The columns' numbers, ready to be laid out row by row.
    struct Columns: Sendable {
        fileprivate var columns: [Numbers] = []
    }

    /// The numbers of one feature.
    fileprivate enum Numbers: Sendable {
        case floats([Float], stride: Int, offset: Int)
        case bytes([UInt8], stride: Int, offset: Int)
        /// Each row's category, and the number of each category.
        case codes([Int32], [Float])
    }

    /// The columns of rows.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where one is missing or of another kind than it was.
    func columns(of rows: Dataset) throws -> Columns {
        var columns = Columns()
        for source in sources {
            guard let column = rows.column(named: source.column) else {
                throw AttarError(.schemaMismatch, "\(rows.source) has no column '\(source.column)'")
            }
            columns.columns.append(try numbers(of: column, source))
        }
        return columns
    }

    private func numbers(of column: Column, _ source: Source) throws -> Numbers {
        let unknown = AttarError(
            .schemaMismatch, "the column '\(column.name)' is not of the kind that the teacher was opened with")
        if let codes = source.codes {
            guard let (rows, names) = column.asCategories() else { throw unknown }
            return .codes(rows, names.map { codes[$0] ?? .nan })
        }
        switch column.storage {
        case .numeric(let values):
            guard roundsTowardsZero, categorical.contains(source.feature) else {
                return .floats(values, stride: 1, offset: 0)
            }
            return .floats(values.map { $0.rounded(.towardZero) }, stride: 1, offset: 0)
        case .tensor(let values, let shape): return .floats(values, stride: shape.reduce(1, *), offset: source.offset)
        case .bytes(let values, let shape): return .bytes(values, stride: shape.reduce(1, *), offset: source.offset)
        // No row has a value, so that no category could be told.
        case .categorical(let codes, _) where codes.allSatisfy({ $0 < 0 }): return .codes(codes, [])
        default: throw unknown
        }
    }
}

extension TreeFileBinding.Columns {
    /// Rows as numbers, (rows, width), and whether any is missing.
    func laidOut(_ rows: Range<Int>) -> (numbers: [Float], hasMissing: Bool) {
        let width = columns.count
        var numbers = [Float](repeating: 0, count: rows.count * width)
        var hasMissing = false
        for (column, source) in columns.enumerated() {
            var place = column
            switch source {
            case .floats(let values, let stride, let offset):
                for row in rows {
                    let value = values[row * stride + offset]
                    hasMissing = hasMissing || value.isNaN
                    numbers[place] = value
                    place += width
                }
            case .bytes(let values, let stride, let offset):
                for row in rows {
                    numbers[place] = Float(values[row * stride + offset])
                    place += width
                }
            case .codes(let codes, let table):
                for row in rows {
                    let value = codes[row] < 0 ? Float.nan : table[Int(codes[row])]
                    hasMissing = hasMissing || value.isNaN
                    numbers[place] = value
                    place += width
                }
            }
        }
        return (numbers, hasMissing)
    }
}
