internal import Compute

/// The columns that a model's features come from, settled once for a data set's columns.
struct TreeFileBinding: Sendable {
    /// Where the numbers of a feature come from.
    private struct Source: Sendable {
        let feature: Int
        let column: String
        /// The position in the column's array, for arrays; else 0.
        let offset: Int
        /// What makes numbers of the column's categories; nil where its own numbers are taken.
        let matcher: TreeCategories.Matcher?
    }

    private let sources: [Source]
    private let features: TreeFileFeatures
    /// What messages call the model.
    private let name: String
    /// What a reader of the results has to know, in sentences without their full stops.
    private(set) var notes: [String] = []

    /// The share of rows, and their number, up to which it is not known which way they go.
    private static let (mostDoubtful, fewDoubtful) = (0.01, 5)

    /// What stands for the whole of it where teachers are told apart.
    var identity: String {
        sources.map { source in
            let codes = (source.matcher?.codes ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(source.feature) \(source.column) \(source.offset) \(codes.joined(separator: ","))"
        }.joined(separator: "\n")
    }

    /// Matches features to columns, and categories to their numbers.
    ///
    /// - Parameter allowsExtra: whether there may be more columns than features, where they are taken in order.
    /// - Throws: `AttarError` (`schemaMismatch`) naming columns that are missing or could stand for each other, and categories that cannot be told.
    init(_ features: TreeFileFeatures, in rows: Dataset, allowsExtra: Bool, named name: String) throws {
        var notes: [String] = []
        let places = try features.places(in: rows, named: name, allowsExtra: allowsExtra, notes: &notes)
        sources = try features.used.map { feature in
            let place = places[feature] ?? (0, 0)
            let column = rows.columns[place.column]
            let matcher = try Self.matcher(
                for: column, of: rows, feature: feature, in: features, named: name, notes: &notes)
            return Source(feature: feature, column: column.name, offset: place.offset, matcher: matcher)
        }
        self.features = features
        self.name = name
        self.notes = notes
        let doubtful = try columns(of: rows).doubtful
        if doubtful > 0 {
            self.notes.append(
                "In \(doubtful) of \(rows.count) rows a value lies so near to a threshold in '\(name)' that the side is not certain: LightGBM compares 64-bit numbers, Attar's tables hold 32-bit ones"
            )
        }
    }

    /// What makes numbers of a column's categories; nil where the column's own numbers are what the model was trained on.
    private static func matcher(
        for column: Column, of rows: Dataset, feature: Int, in features: TreeFileFeatures, named name: String,
        notes: inout [String]
    ) throws -> TreeCategories.Matcher? {
        let own = column.asCategories()?.names
        if let categories = features.categories[feature] {
            let isLiteral = rows.reading.map { $0.literals.contains(column.name) } ?? true
            guard let (matcher, wereCut) = categories.matcher(for: own ?? [], isLiteral: isLiteral) else {
                throw AttarError(
                    .schemaMismatch,
                    "the categories of '\(column.name)' in '\(name)' are cut: XGBoost 3.2 does that when it saves names beyond ASCII, and those of \(rows.source) do not tell what they were",
                    remedy: "Give the rows that it was trained on, or train it with categories in ASCII")
            }
            if wereCut {
                let names = matcher.codes.sorted { $0.value < $1.value }.map(\.key)
                let shown = listed(names, most: 4)
                notes.append(
                    "XGBoost has cut names of categories in '\(name)', which are not in ASCII: those of '\(column.name)' are told from \(rows.source), \(shown)"
                )
            }
            return matcher
        }
        guard column.texts != nil, let own else { return nil }
        let truths = own.compactMap { TruthWord.number(of: $0) }
        if truths.count == own.count { return .init(Dictionary(uniqueKeysWithValues: zip(own, truths))) }
        guard features.categorical.contains(feature) else {
            throw AttarError(
                .schemaMismatch,
                "the trees in '\(name)' compare numbers of the column '\(column.name)', which holds texts",
                remedy: "Give that column as the numbers that the model was trained on")
        }
        let shown = listed(own, most: 4)
        notes.append(
            "'\(name)' does not say which text is which category of '\(column.name)': they are numbered in their order here, \(shown)"
        )
        return .init(TreeCategories.numbered(own))
    }
}

// MARK: - Rows

extension TreeFileBinding {
    /// The columns' numbers, ready to be laid out row by row.
    struct Columns: Sendable {
        fileprivate var columns: [Numbers] = []
        /// In how many rows it is not certain which way a value goes.
        fileprivate(set) var doubtful = 0
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
    /// - Throws: `AttarError` (`schemaMismatch`) where one is missing or of another kind than it was, where categories cannot be told apart, and where it is uncertain of
    ///   many rows which way they go.
    func columns(of rows: Dataset) throws -> Columns {
        var columns = Columns()
        var isDoubtful = Set<Int>()
        for source in sources {
            guard let column = rows.column(named: source.column) else {
                throw AttarError(.schemaMismatch, "\(rows.source) has no column '\(source.column)'")
            }
            let before = isDoubtful.count
            columns.columns.append(try numbers(of: column, source, in: rows, &isDoubtful))
            let count = isDoubtful.count
            guard
                count == before || count <= Self.fewDoubtful || Double(count) <= Self.mostDoubtful * Double(rows.count)
            else {
                throw AttarError(
                    .schemaMismatch,
                    "in \(count) of \(rows.count) rows of \(rows.source) the value of '\(column.name)' lies so near to a threshold in '\(name)' that 32-bit numbers, which Attar's tables hold, do not tell on which side (LightGBM compares 64-bit ones)",
                    remedy:
                        "Train the model on the difference from a fixed value, such as seconds since the first row, and give that column"
                )
            }
        }
        columns.doubtful = isDoubtful.count
        return columns
    }

    private func numbers(
        of column: Column, _ source: Source, in rows: Dataset, _ isDoubtful: inout Set<Int>
    ) throws -> Numbers {
        let unknown = AttarError(
            .schemaMismatch, "the column '\(column.name)' is not of the kind that the teacher was opened with")
        if let matcher = source.matcher {
            guard let (codes, names) = column.asCategories() else { throw unknown }
            if let category = matcher.missing, let row = codes.firstIndex(where: { $0 < 0 }) {
                throw unread(
                    "\(rows.place(row)) has no value in column '\(column.name)', or the category '\(category)' of '\(name)', which is read as none",
                    column)
            }
            do {
                return .codes(codes, try names.map { try matcher.code(of: $0, isNumber: column.kind == .numeric) })
            } catch let merged as TreeCategories.Merged {
                throw unread(
                    "'\(merged.first)' and '\(merged.second)' are two categories of '\(column.name)' in '\(name)', but are read as one from \(rows.source)",
                    column)
            }
        }
        switch column.storage {
        case .numeric(var values):
            if features.isLightGBM, features.categorical.contains(source.feature) {
                return .floats(values.map { $0.rounded(.towardZero) }, stride: 1, offset: 0)
            }
            if let thresholds = features.thresholds[source.feature] {
                for row in values.indices {
                    let placed = thresholds.placed(values[row])
                    values[row] = placed.value
                    if !placed.isCertain { isDoubtful.insert(row) }
                }
            }
            return .floats(values, stride: 1, offset: 0)
        case .tensor(let values, let shape): return .floats(values, stride: shape.reduce(1, *), offset: source.offset)
        case .bytes(let values, let shape): return .bytes(values, stride: shape.reduce(1, *), offset: source.offset)
        // No row has a value, so that no category could be told.
        case .categorical(let codes, _) where codes.allSatisfy({ $0 < 0 }): return .codes(codes, [])
        default: throw unknown
        }
    }

    /// What is said of a column that a reader has changed.
    private func unread(_ problem: String, _ column: Column) -> AttarError {
        AttarError(
            .schemaMismatch, problem,
            remedy:
                "Name the column as the model does, so that its texts are kept as they stand; in a program of your own list them in ReadingOptions.literals"
        )
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
